package exportgen

const vpc = `{
            "OwnerId": "111122223333",
            "InstanceTenancy": "default",
            "CidrBlockAssociationSet": [
                {
                    "AssociationId": "vpc-cidr-assoc-0b22bb33cc0",
                    "CidrBlock": "10.128.0.0/9",
                    "CidrBlockState": {
                        "State": "associated"
                    }
                }
            ],
            "IsDefault": false,
            "VpcId": "vpc-0b22bb33cc44dd550",
            "State": "available",
            "CidrBlock": "10.128.0.0/9",
            "DhcpOptionsId": "dopt-0a1b2c3d4e5f60718"
        }`

const subnet = `{
            "SubnetId": "subnet-%017d",
            "AvailabilityZoneId": "euw1-az%d",
            "OwnerId": "111122223333",
            "SubnetArn": "arn:aws:ec2:%[6]s:111122223333:subnet/subnet-%017[3]d",
            "State": "available",
            "VpcId": "vpc-0b22bb33cc44dd550",
            "CidrBlock": "10.%[4]d.%[5]d.0/20",
            "AvailableIpAddressCount": 2071,
            "MapPublicIpOnLaunch": false
        }`

const routeTable = `{
            "Associations": [
                {
                    "Main": true,
                    "RouteTableAssociationId": "rtbassoc-0b22000000000000a",
                    "RouteTableId": "rtb-0b22000000000000a"
                }
            ],
            "RouteTableId": "rtb-0b22000000000000a",
            "Routes": [
                {
                    "DestinationCidrBlock": "10.128.0.0/9",
                    "GatewayId": "local",
                    "Origin": "CreateRouteTable",
                    "State": "active"
                },
                {
                    "DestinationCidrBlock": "0.0.0.0/0",
                    "NatGatewayId": "nat-0b22000000000000a",
                    "Origin": "CreateRoute",
                    "State": "active"
                }
            ],
            "VpcId": "vpc-0b22bb33cc44dd550",
            "OwnerId": "111122223333"
        }`

const directory = `{
            "DirectoryId": "d-%010d",
            "DirectoryName": "corp.example.com",
            "SubnetIds": [
                "subnet-%017d",
                "subnet-%017d"
            ],
            "DnsIpAddresses": [
                "10.20.1.10",
                "10.20.2.10"
            ],
            "DirectoryType": "AD_CONNECTOR",
            "State": "REGISTERED",
            "WorkspaceType": "PERSONAL",
            "Tenancy": "SHARED"
        }`

const bundle = `{
            "BundleId": "wsb-%09d",
            "Name": "Standard with Windows",
            "Owner": "AMAZON",
            "RootStorage": {
                "Capacity": "80"
            },
            "UserStorage": {
                "Capacity": "50"
            },
            "ComputeType": {
                "Name": "STANDARD"
            }
        }`

const key = `{
    "KeyMetadata": {
        "AWSAccountId": "111122223333",
        "KeyId": "%s",
        "Arn": "%s",
        "CreationDate": "2026-01-15T09:00:00+00:00",
        "Enabled": true,
        "KeyUsage": "ENCRYPT_DECRYPT",
        "KeyState": "Enabled",
        "Origin": "AWS_KMS",
        "KeyManager": "CUSTOMER",
        "KeySpec": "SYMMETRIC_DEFAULT",
        "MultiRegion": false
    }
}
`

const workspace = `{
            "WorkspaceId": "ws-%09d",
            "DirectoryId": "d-%010d",
            "UserName": "firstname.middlename.lastname%06d",
            "IpAddress": "10.130.%d.%d",
            "State": "%s",
            "BundleId": "wsb-%09d",
            "SubnetId": "subnet-%017d",
            "ComputerName": "WSAMZN-%08d",%s
            "WorkspaceProperties": {
                %s
                "RootVolumeSizeGib": %d,
                "UserVolumeSizeGib": 50,
                "ComputeTypeName": "STANDARD",
                "Protocols": [
                    "WSP"
                ],
                "OperatingSystemName": "%s"
            },
            "ModificationStates": [],
            "RelatedWorkspaces": []
        }`

const encryption = `
            "VolumeEncryptionKey": "%s",
            "UserVolumeEncryptionEnabled": true,
            "RootVolumeEncryptionEnabled": true,`

const tags = `{
            "ResourceARN": "arn:aws:workspaces:%s:111122223333:workspace/ws-%09d",
            "Tags": [
                {
                    "Key": "CostCenter",
                    "Value": "cc-%d"
                },
                {
                    "Key": "Owner",
                    "Value": "desktops@example.com"
                },
                {
                    "Key": "Environment",
                    "Value": "production"
                }
            ]
        }`
