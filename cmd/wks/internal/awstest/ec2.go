package awstest

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

func parseForm(body []byte) map[string]string {
	form := map[string]string{}
	values, _ := url.ParseQuery(string(body))
	for name := range values {
		form[name] = values.Get(name)
	}
	return form
}

// lists are what EC2 has: for each operation the name of the list, and its items. REGION stands for the Region.
var lists = map[string]struct {
	name  string
	items []string
}{
	"DescribeVpcs": {"vpcSet", []string{`<vpcId>vpc-0a</vpcId><ownerId>111122223333</ownerId><state>available</state><cidrBlock>10.0.0.0/16</cidrBlock><cidrBlockAssociationSet><item><cidrBlock>10.0.0.0/16</cidrBlock><associationId>vpc-cidr-assoc-1</associationId><cidrBlockState><state>associated</state></cidrBlockState></item></cidrBlockAssociationSet><dhcpOptionsId>dopt-1</dhcpOptionsId><tagSet><item><key>Name</key><value>desktops &amp; &lt;more&gt;</value></item></tagSet><instanceTenancy>default</instanceTenancy><isDefault>false</isDefault>`}},
	"DescribeSubnets": {"subnetSet", []string{
		subnet("subnet-0a", "10.0.0.0/24", 1), subnet("subnet-0b", "10.0.1.0/24", 2), subnet("subnet-0c", "10.0.2.0/24", 3),
	}},
	"DescribeRouteTables": {"routeTableSet", []string{`<routeTableId>rtb-0a</routeTableId><vpcId>vpc-0a</vpcId><ownerId>111122223333</ownerId><routeSet><item><destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId><state>active</state><origin>CreateRouteTable</origin></item><item><destinationPrefixListId>pl-0a</destinationPrefixListId><transitGatewayId>tgw-0a</transitGatewayId><state>active</state><origin>CreateRoute</origin></item></routeSet><associationSet><item><routeTableAssociationId>rtbassoc-0a</routeTableAssociationId><routeTableId>rtb-0a</routeTableId><main>true</main><associationState><state>associated</state></associationState></item></associationSet><propagatingVgwSet/><tagSet/>`}},
	"DescribeManagedPrefixLists": {"prefixListSet", []string{
		`<prefixListId>pl-0a</prefixListId><addressFamily>IPv4</addressFamily><state>create-complete</state><prefixListArn>arn:aws:ec2:REGION:111122223333:prefix-list/pl-0a</prefixListArn><prefixListName>offices</prefixListName><maxEntries>5</maxEntries><version>1</version><tagSet/><ownerId>111122223333</ownerId>`,
		`<prefixListId>pl-0b</prefixListId><addressFamily>IPv4</addressFamily><state>create-complete</state><prefixListArn>arn:aws:ec2:REGION:aws:prefix-list/pl-0b</prefixListArn><prefixListName>com.amazonaws.REGION.s3</prefixListName><ownerId>AWS</ownerId>`,
	}},
	"GetManagedPrefixListEntries": {"entrySet", []string{`<cidr>172.16.0.0/24</cidr><description>head office</description>`, `<cidr>172.17.0.0/24</cidr>`}},
	"DescribeSecurityGroups":      {"securityGroupInfo", []string{`<ownerId>111122223333</ownerId><groupId>sg-0a</groupId><groupName>desktops</groupName><groupDescription>of desktops</groupDescription><vpcId>vpc-0a</vpcId><ipPermissions/><ipPermissionsEgress><item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges><ipv6Ranges/><prefixListIds><item><prefixListId>pl-0b</prefixListId></item></prefixListIds></item></ipPermissionsEgress>`}},
	"DescribeImages":              {"imagesSet", []string{`<imageId>ami-0a</imageId><imageLocation>111122223333/golden</imageLocation><imageState>available</imageState><imageOwnerId>111122223333</imageOwnerId><creationDate>2026-01-02T03:04:05.000Z</creationDate><isPublic>false</isPublic><architecture>x86_64</architecture><imageType>machine</imageType><name>golden</name><rootDeviceType>ebs</rootDeviceType><rootDeviceName>/dev/sda1</rootDeviceName><blockDeviceMapping><item><deviceName>/dev/sda1</deviceName><ebs><snapshotId>snap-0a</snapshotId><volumeSize>60</volumeSize><deleteOnTermination>true</deleteOnTermination><volumeType>gp3</volumeType><encrypted>false</encrypted></ebs></item></blockDeviceMapping><bootMode>uefi</bootMode>`}},
	"DescribeImportImageTasks":    {"importImageTaskSet", []string{`<importTaskId>import-ami-0a</importTaskId><architecture>x86_64</architecture><encrypted>false</encrypted><imageId>ami-0a</imageId><licenseType>BYOL</licenseType><platform>Windows</platform><status>completed</status><snapshotDetailSet/>`}},
}

func subnet(id, cidr string, zone int) string {
	return fmt.Sprintf(`<subnetId>%[1]s</subnetId><subnetArn>arn:aws:ec2:REGION:111122223333:subnet/%[1]s</subnetArn><state>available</state><ownerId>111122223333</ownerId><vpcId>vpc-0a</vpcId><cidrBlock>%[2]s</cidrBlock><ipv6CidrBlockAssociationSet/><assignIpv6AddressOnCreation>false</assignIpv6AddressOnCreation><availableIpAddressCount>200</availableIpAddressCount><availabilityZone>REGIONa</availabilityZone><availabilityZoneId>usw2-az%[3]d</availabilityZoneId><defaultForAz>false</defaultForAz><mapPublicIpOnLaunch>false</mapPublicIpOnLaunch>`, id, cidr, zone)
}

// answerEC2 answers with two items on a page.
func answerEC2(w http.ResponseWriter, region string, form map[string]string) {
	operation := form["Action"]
	l, known := lists[operation]
	if !known || operation == "DescribeImages" && form["Owner.1"] != "self" {
		refuse(w, false, "InvalidAction")
		return
	}
	from, to, next := page(form["NextToken"], len(l.items), 2)
	var b strings.Builder
	fmt.Fprintf(&b, `<%sResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1</requestId><%s>`, operation, l.name)
	for _, item := range l.items[from:to] {
		b.WriteString("<item>" + item + "</item>")
	}
	fmt.Fprintf(&b, "</%s>", l.name)
	if next != "" {
		fmt.Fprintf(&b, "<nextToken>%s</nextToken>", next)
	}
	fmt.Fprintf(&b, "</%sResponse>", operation)
	w.Header().Set("Content-Type", "text/xml")
	fmt.Fprint(w, strings.ReplaceAll(b.String(), "REGION", region))
}
