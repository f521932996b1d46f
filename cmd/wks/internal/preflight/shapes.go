package preflight

import (
	"encoding/json"
	"net/netip"
)

// The types of this file spell out what the AWS CLI prints. A member of type unread
// is known and not needed.
type unread = json.RawMessage

type tag struct{ Key, Value string }

type vpcsFile struct {
	Vpcs      []vpc `need:"true"`
	NextToken string
}

type vpc struct {
	element
	VpcId                       string `need:"true"`
	CidrBlock                   netip.Prefix
	CidrBlockAssociationSet     []vpcCIDR
	Tags                        []tag
	Ipv6CidrBlockAssociationSet unread
	OwnerId                     unread
	InstanceTenancy             unread
	IsDefault                   unread
	EncryptionControl           unread
	BlockPublicAccessStates     unread
	State                       unread
	DhcpOptionsId               unread
}

type vpcCIDR struct {
	AssociationId  unread
	CidrBlock      netip.Prefix `need:"true"`
	CidrBlockState struct {
		State         string
		StatusMessage unread
	}
}

type subnetsFile struct {
	Subnets   []subnet `need:"true"`
	NextToken string
}

type subnet struct {
	element
	SubnetId                      string `need:"true"`
	VpcId                         string `need:"true"`
	SubnetArn                     string
	AssignIpv6AddressOnCreation   bool
	AvailabilityZone              unread
	AvailabilityZoneId            string
	AvailableIpAddressCount       int
	BlockPublicAccessStates       unread
	CidrBlock                     netip.Prefix
	CustomerOwnedIpv4Pool         unread
	DefaultForAz                  unread
	EnableDns64                   unread
	EnableLniAtDeviceIndex        unread
	Ipv6CidrBlockAssociationSet   unread
	Ipv6Native                    unread
	MapCustomerOwnedIpOnLaunch    unread
	MapPublicIpOnLaunch           unread
	OutpostArn                    unread
	OwnerId                       unread
	PrivateDnsNameOptionsOnLaunch unread
	State                         unread
	Tags                          unread
	Type                          unread
}

type routeTablesFile struct {
	RouteTables []routeTable `need:"true"`
	NextToken   string
}

type routeTable struct {
	element
	RouteTableId    string  `need:"true"`
	VpcId           string  `need:"true"`
	Routes          []route `need:"true"`
	Associations    []association
	OwnerId         unread
	PropagatingVgws unread
	Tags            unread
}

type association struct {
	Main                    bool
	AssociationState        unread
	GatewayId               unread
	PublicIpv4Pool          unread
	RouteTableAssociationId unread
	RouteTableId            unread
	SubnetId                string
}

type route struct {
	DestinationCidrBlock        netip.Prefix
	DestinationIpv6CidrBlock    netip.Prefix
	DestinationPrefixListId     string
	State                       string
	CarrierGatewayId            string
	CoreNetworkArn              string
	EgressOnlyInternetGatewayId string
	GatewayId                   string
	InstanceId                  string
	LocalGatewayId              string
	NatGatewayId                string
	NetworkInterfaceId          string
	OdbNetworkArn               string
	TransitGatewayId            string
	VpcPeeringConnectionId      string
	InstanceOwnerId             unread
	IpAddress                   unread
	Origin                      unread
}

type prefixListsFile struct {
	PrefixLists []prefixList `need:"true"`
	NextToken   string
}

type prefixList struct {
	element
	PrefixListId                      string `need:"true"`
	PrefixListName                    string
	AddressFamily                     string
	IpamPrefixListResolverSyncEnabled unread
	IpamPrefixListResolverTargetId    unread
	MaxEntries                        unread
	OwnerId                           unread
	PrefixListArn                     unread
	State                             unread
	StateMessage                      unread
	Tags                              unread
	Version                           unread
}

type entriesFile struct {
	Entries   []prefixListEntry `need:"true"`
	NextToken string
	wrong     *fileError // why the first entry is left out; nil if all are there
}

type prefixListEntry struct {
	Cidr        netip.Prefix `need:"true"`
	Description unread
}

type directoriesFile struct {
	Directories []directory `need:"true"`
	NextToken   string
}

type directory struct {
	element
	DirectoryId                    string `need:"true"`
	DirectoryName                  string
	SubnetIds                      []string
	State                          string
	Tenancy                        string
	WorkspaceType                  string
	ErrorMessage                   string
	ActiveDirectoryConfig          unread
	Alias                          string
	CertificateBasedAuthProperties unread
	CustomerUserName               unread
	DirectoryType                  string
	DnsIpAddresses                 []string
	DnsIpv6Addresses               unread
	EndpointEncryptionMode         string
	IDCConfig                      unread
	IamRoleId                      unread
	IPGroupIds                     []string `name:"ipGroupIds"`
	MicrosoftEntraConfig           unread
	RegistrationCode               unread
	SamlProperties                 samlProperties
	SelfservicePermissions         unread
	StreamingProperties            streamingProperties
	UserIdentityType               unread
	WorkspaceAccessProperties      accessProperties
	WorkspaceCreationProperties    creationProperties
	WorkspaceDirectoryDescription  unread
	WorkspaceDirectoryName         unread
	WorkspaceSecurityGroupId       string
}

type samlProperties struct {
	Status                  string
	RelayStateParameterName unread
	UserAccessUrl           unread
}

type streamingProperties struct {
	GlobalAccelerator struct {
		Mode              string
		PreferredProtocol unread
	}
	StorageConnectors                    unread
	StreamingExperiencePreferredProtocol unread
	UserSettings                         unread
}

type accessProperties struct {
	AccessEndpointConfig struct {
		AccessEndpoints []struct {
			VpcEndpointId      string
			AccessEndpointType unread
		}
		InternetFallbackProtocols unread
	}
	DeviceTypeAndroid              string
	DeviceTypeChromeOs             string
	DeviceTypeIos                  string
	DeviceTypeLinux                string
	DeviceTypeOsx                  string
	DeviceTypeWeb                  string
	DeviceTypeWindows              string
	DeviceTypeWorkSpacesThinClient string
	DeviceTypeZeroClient           string
}

type creationProperties struct {
	CustomSecurityGroupId           string
	DefaultOu                       unread
	EnableInternetAccess            unread
	EnableMaintenanceMode           unread
	EnableWorkDocs                  unread
	InstanceIamRoleArn              unread
	UserEnabledAsLocalAdministrator unread
}

type securityGroupsFile struct {
	SecurityGroups []securityGroup `need:"true"`
	NextToken      string
}

type securityGroup struct {
	element
	GroupId             string `need:"true"`
	IpPermissions       []permission
	IpPermissionsEgress []permission
	Description         unread
	GroupName           unread
	OwnerId             unread
	SecurityGroupArn    unread
	Tags                unread
	VpcId               unread
}

type permission struct {
	IpProtocol string `need:"true"`
	FromPort   *int
	ToPort     *int
	IpRanges   []struct {
		CidrIp      netip.Prefix `need:"true"`
		Description unread
	}
	Ipv6Ranges []struct {
		CidrIpv6    netip.Prefix `need:"true"`
		Description unread
	}
	PrefixListIds []struct {
		PrefixListId string `need:"true"`
		Description  unread
	}
	UserIdGroupPairs []struct {
		GroupId                string
		Description            unread
		GroupName              unread
		PeeringStatus          unread
		UserId                 unread
		VpcId                  unread
		VpcPeeringConnectionId unread
	}
}

type ipGroupsFile struct {
	Result    []ipGroup `need:"true"`
	NextToken string
}

// The members of an IP access control group are in lower camel case on the wire.
type ipGroup struct {
	element
	GroupID   string   `name:"groupId"`
	GroupName string   `name:"groupName"`
	GroupDesc unread   `name:"groupDesc"`
	UserRules []ipRule `name:"userRules"`
}

type ipRule struct {
	IPRule   string `name:"ipRule" need:"true"`
	RuleDesc unread `name:"ruleDesc"`
}

// An accountFile is not a page of several: it has no NextToken.
type accountFile struct {
	DedicatedTenancySupport             string `need:"true"`
	DedicatedTenancyManagementCidrRange string
	DedicatedTenancyAccountType         string
	Message                             unread
}
