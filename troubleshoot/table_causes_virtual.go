package troubleshoot

import "github.com/wksgo/wks/rule"

// The causes for trouble with Docker and with virtualization within a WorkSpace.
const (
	NestedUnsupported        rule.Code = "troubleshoot.nested-virtualization-unsupported"
	NestedNotOffered         rule.Code = "troubleshoot.nested-virtualization-not-offered"
	NestedNotEnabled         rule.Code = "troubleshoot.nested-virtualization-not-enabled"
	NestedWithoutDCV         rule.Code = "troubleshoot.nested-virtualization-without-dcv"
	DockerNetworksOverlap    rule.Code = "troubleshoot.docker-networks-overlap"
	NestedJustEnabled        rule.Code = "troubleshoot.nested-virtualization-just-enabled"
	NestedWithoutHibernation rule.Code = "troubleshoot.nested-virtualization-without-hibernation"
)

var linuxSystems = []System{AmazonLinux, Ubuntu, OtherLinux}

var virtualCauses = []cause{
	{
		code: NestedUnsupported, of: "docker",
		title:  "WorkSpaces does not support nested virtualization, and Docker needs it.",
		remedy: "Run containers elsewhere, such as on an EC2 instance.",
		checks: []Check{{Code: "bundles.nested-virtualization-unsupported"}},
		said: []said{
			must(hDocker, "2020-03-31", "2020-10-28", is(NeedsVirtualization)),
			must(hDocker, "2020-10-28", summer2026, is(NeedsVirtualization), on(WindowsSystem)),
		},
	},
	{
		code: NestedNotEnabled, of: "docker",
		title:  "Nested virtualization is not enabled for the WorkSpace.",
		remedy: "Enable nested virtualization: the WorkSpace reboots. The guide recommends Power or a larger bundle.",
		checks: []Check{{Code: "bundles.nested-virtualization-unsupported", Operation: "ModifyWorkspaceProperties", Command: "wks explain --dir EXPORT WORKSPACE"}},
		said:   []said{must(hDocker, summer2026, "", not(NestedEnabled))},
	},
	{
		code: NestedWithoutDCV, of: "docker",
		title:  "The WorkSpace streams over PCoIP, and nested virtualization works only over DCV.",
		remedy: "Change the protocol of the WorkSpace to DCV.",
		checks: []Check{{Code: "bundles.nested-virtualization-unsupported", Operation: "DescribeWorkspaces"}},
		said:   []said{must(hNested, summer2026, "", over(PCoIP))},
	},
	{
		code: DockerNetworksOverlap, of: "docker",
		title:  "A network of Docker overlaps with the network of an interface of the Linux WorkSpace.",
		remedy: "Give Docker networks that do not overlap with the subnet or the management range of the WorkSpace.",
		said:   []said{must(hDocker, "2020-10-28", "", on(linuxSystems...), is(DockerOverlaps))},
	},
	{
		code: NestedNotOffered, of: "nested-option-missing",
		title:  "The WorkSpace has a GPU or an older system, such as Windows 10 or Windows Server 2016.",
		remedy: "Use a WorkSpace without a GPU and with a system that supports nested virtualization.",
		checks: []Check{{Code: "bundles.nested-virtualization-unsupported", Command: "wks explain --dir EXPORT WORKSPACE"}},
		said:   []said{must(hNested, summer2026, "", not(NestedSupported))},
	},
	{
		code: NestedJustEnabled, of: "nested-reboots",
		title:  "Nested virtualization was enabled, and that needs a reboot.",
		remedy: "Wait until the WorkSpace is available again: nothing is wrong.",
		said:   []said{must(hNested, summer2026, "", is(NestedEnabled))},
	},
	{
		code: NestedWithoutHibernation, of: "no-hibernation",
		title:  "Nested virtualization is enabled, and Windows Server 2025 or Windows 11 24H2 or 25H2 then reboots instead of hibernating.",
		remedy: "Set the running mode to ALWAYS_ON, or disable nested virtualization.",
		checks: []Check{{Code: "bundles.nested-virtualization-reboots", Operation: "ModifyWorkspaceProperties", Command: "wks explain --dir EXPORT WORKSPACE"}},
		said:   []said{must(hNested, summer2026, "", is(NestedEnabled), running("AUTO_STOP"), is(RebootsForHibernation))},
	},
}
