package preflight

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// eligibility asks what it takes to bring licences: the checklist of the account, the
// planned import, the images that there are, and the tasks that make AMIs.
func (c *regionCheck) eligibility() {
	if c.facts != nil {
		c.checklistSection()
		c.importSection()
		c.machineSection()
	} else if c.tenancy != nil && c.report.BYOL.Enabled {
		c.notAsked(c.fetch(byolName), "whether the account meets the requirements of BYOL: no %s", byolName)
	}
	if c.images != nil {
		c.imagesSection()
	}
	if c.tasks != nil {
		c.tasksSection()
	}
}

// checklistSection has a line for each requirement. What files of the export tell is
// taken from them; byol.json must not say otherwise.
func (c *regionCheck) checklistSection() {
	s := newSection("checklist of BYOL")
	s.told = true
	facts, files := c.accountFacts(&s)
	list, err := c.rules.BYOL.Checklist(&facts)
	for _, l := range list.Lines {
		text := say("%-14s  %-6s  %s: want %s", l.State, l.Level, l.Path, l.Want)
		if l.Got != "" && l.State != byol.Met {
			text += "; it is " + rule.Printable(rule.Shorten(l.Got))
		}
		s.Lines = append(s.Lines, text)
	}
	s.take(list.Answer, err, c.place(byolName, "Facts").about("account", "").except(files))
	s.fold("whether the account meets all requirements of BYOL: the Facts of "+byolName+" do not tell all", c.fetch(byolName))
	c.add(s)
}

// accountFacts are the facts of byol.json with those that the export tells, and where
// the latter stand. Where the two differ, the export counts.
func (c *regionCheck) accountFacts(s *section) (facts byol.Facts, files map[rule.Path]place) {
	facts, files = c.facts.Facts, map[rule.Path]place{}
	if facts.Region != "" && facts.Region != c.region {
		s.ask(unusable(newFileError(c.place(byolName, "Facts.Region"), say("is %s, and the file is one of %s", facts.Region, c.region)), nil))
	}
	facts.Region = c.region
	if b := c.report.BYOL; b != nil {
		agree(c, s, &facts.DedicatedTenancySupport, types.DedicatedTenancySupportResultEnum(c.tenancy.DedicatedTenancySupport), "DedicatedTenancySupport", files)
		agree(c, s, &facts.DedicatedTenancyAccountType, types.DedicatedTenancyAccountType(c.tenancy.DedicatedTenancyAccountType), "DedicatedTenancyAccountType", files)
		if facts.ManagementCIDRChosen == nil {
			facts.ManagementCIDRChosen = new(b.Chosen != nil)
			files["ManagementCIDRChosen"] = c.place(accountName, "DedicatedTenancyManagementCidrRange")
		}
		inUse := slices.ContainsFunc(b.broken, func(x broken) bool { return x.Code == network.ManagementCIDRInUse })
		if b.Chosen != nil && facts.ManagementCIDRConflicts == nil && (inUse || !b.Partial) {
			facts.ManagementCIDRConflicts = new(inUse)
			files["ManagementCIDRConflicts"] = c.place(accountName, "DedicatedTenancyManagementCidrRange")
		}
	}
	if all := c.directories.elements(); len(all) > 0 && facts.Directory == nil {
		i := max(0, slices.IndexFunc(all, func(d *directory) bool { return d.Tenancy == string(types.TenancyDedicated) }))
		facts.Directory = &byol.Directory{Kind: all[i].DirectoryType, Tenancy: types.Tenancy(all[i].Tenancy)}
		files["Directory"] = all[i].at
	}
	if facts.Format == "" && c.facts.Import.Ec2ImageId != "" {
		facts.Format = "AMI"
	}
	if image := c.plannedAMI(); image != nil && facts.SourceAMIEncrypted == nil {
		if facts.SourceAMIEncrypted = image.encrypted(); facts.SourceAMIEncrypted != nil {
			files["SourceAMIEncrypted"] = image.at
		}
	}
	return facts, files
}

// agree takes a fact from describe-account, which byol.json may repeat.
func agree[T ~string](c *regionCheck, s *section, fact *T, exported T, name rule.Path, files map[rule.Path]place) {
	if *fact != "" && *fact != exported {
		s.ask(unusable(newFileError(c.place(byolName, rule.Path("Facts").Join(name)), say("is %q, and %s says %q", string(*fact), accountName, string(exported))), nil))
	}
	*fact, files[name] = exported, c.place(accountName, name)
}

// plannedAMI is the AMI that the facts say is to be imported, if it was exported.
func (e *regionExport) plannedAMI() *ami {
	return e.amis.find(e.facts.Import.Ec2ImageId)
}

// encrypted tells whether a volume of the AMI is, and nil if that is not known of all.
func (a *ami) encrypted() *bool {
	known := len(a.BlockDeviceMappings) > 0
	for _, d := range a.BlockDeviceMappings {
		if p := d.Ebs.Encrypted; p == nil {
			known = false
		} else if *p {
			return p
		}
	}
	if !known {
		return nil
	}
	return new(false)
}

// importSection checks the planned call of ImportWorkspaceImage.
func (c *regionCheck) importSection() {
	plan := c.facts.Import
	if wrong := c.facts.importWrong; wrong != nil {
		c.notAskedOf(wrong.place, "whether the import can be made: a value of it cannot be used")
		return
	}
	if plan.Ec2ImageId == "" && plan.ImageName == "" && plan.IngestionProcess == "" {
		return
	}
	s := newSectionOf("import", "import of "+plan.Ec2ImageId)
	call := byol.Import{Ec2ImageID: plan.Ec2ImageId, ImageName: plan.ImageName, ImageDescription: plan.ImageDescription, IngestionProcess: types.WorkspaceImageIngestionProcess(plan.IngestionProcess)}
	for _, app := range plan.Applications {
		call.Applications = append(call.Applications, types.Application(app))
	}
	known := byol.Known{Compute: types.Compute(plan.Compute), AllowListed: plan.AllowListed}
	if w := c.facts.Facts.Windows; w != nil {
		known.Windows = *w
	}
	switch image := c.plannedAMI(); {
	case image != nil: // the export lists the account's own
		known.AMIOwned, known.AMIEncrypted = new(true), image.encrypted()
	case c.amis == nil:
		c.notAsked(c.fetch(amisName), "whether the AMI of the import is the account's own, and encrypted: no %s", amisName)
	default:
		s.Lines = append(s.Lines, say("%s is not among the AMIs of %s", plan.Ec2ImageId, amisName))
	}
	if c.images == nil {
		c.notAsked(c.fetch(imagesName), "whether the name of the import is free: no %s", imagesName)
	} else {
		known.ImageNames = []string{}
		for _, image := range c.images.all {
			known.ImageNames = append(known.ImageNames, image.Name)
		}
	}
	a, err := c.rules.BYOL.CheckImport(call, known)
	s.take(a, err, c.place(byolName, "Import").about("AMI", plan.Ec2ImageId).except(map[rule.Path]place{"Windows": c.place(byolName, "Facts.Windows")}))
	c.add(s)
}

// machineSection checks the machine of byol.json, and what the planned AMI tells of it.
func (c *regionCheck) machineSection() {
	m, files := c.facts.Machine, map[rule.Path]place{}
	if image := c.plannedAMI(); image != nil {
		if m.SystemType == nil && image.Architecture != "" {
			files["SystemType"] = image.at.below("Architecture")
			m.SystemType = new(strings.ReplaceAll(image.Architecture, "x86_64", "x64-based PC"))
		}
		if m.UEFI == nil && (image.BootMode == "uefi" || image.BootMode == "legacy-bios") {
			files["UEFI"] = image.at.below("BootMode")
			m.UEFI = new(image.BootMode == "uefi")
		}
		for i, d := range image.BlockDeviceMappings {
			if m.DiskBytes == nil && d.DeviceName == image.RootDeviceName && d.Ebs.VolumeSize != nil {
				files["DiskBytes"] = image.at.below(rule.Path("BlockDeviceMappings").Index(i).Join("Ebs.VolumeSize"))
				m.DiskBytes = new(int64(*d.Ebs.VolumeSize) * byol.GB)
			}
		}
	}
	if w := c.facts.Facts.Windows; w != nil && m.Caption == nil && m.Version == nil {
		files["Caption"] = c.place(byolName, "Facts.Windows")
		m.Caption = new(strings.TrimSpace(w.Product + " " + w.Edition))
		if w.Build != 0 {
			m.Version = new(fmt.Sprintf("10.0.%d", w.Build))
		}
	}
	list, err := c.rules.BYOL.MachineChecklist(&m)
	counts := map[byol.State]int{}
	for _, l := range list.Lines {
		counts[l.State]++
	}
	if err == nil && counts[byol.NotProvided] == len(list.Lines) {
		return // nothing at all is known
	}
	s := newSection("machine of the BYOL image")
	s.told = true
	s.take(list.Answer, err, c.place(byolName, "Machine").about("machine", "").except(files))
	s.fold("whether the machine can become an image: the Machine of "+byolName+" does not tell all", c.fetch(byolName))
	s.Lines = append(s.Lines, fmt.Sprintf("%d requirements: %d met, %d broken, %d not provided, %d not applicable, %d undocumented",
		len(list.Lines), counts[byol.Met], counts[byol.Broken], counts[byol.NotProvided], counts[byol.NotApplicable], counts[byol.Undocumented]))
	c.add(s)
}

// imagesSection explains the errors of the images that there are.
func (c *regionCheck) imagesSection() {
	s := newSection("WorkSpaces images")
	var images []types.WorkspaceImage
	dedicated := 0
	for _, i := range c.images.all {
		image := types.WorkspaceImage{ImageId: new(i.ImageId), State: types.WorkspaceImageState(i.State), ErrorCode: new(i.ErrorCode), ErrorMessage: new(i.ErrorMessage)}
		for _, d := range i.ErrorDetails {
			image.ErrorDetails = append(image.ErrorDetails, types.ErrorDetails{ErrorCode: types.WorkspaceImageErrorDetailCode(d.ErrorCode), ErrorMessage: new(d.ErrorMessage)})
		}
		images = append(images, image)
		if i.RequiredTenancy == string(types.WorkspaceImageRequiredTenancyDedicated) {
			dedicated++
		}
	}
	s.Lines = append(s.Lines, fmt.Sprintf("%d images, %d of them for BYOL", len(images), dedicated))
	s.take(byol.ImageErrors(images), nil, func(p rule.Path) place {
		if i, below, ok := cutIndex(p, "Images"); ok {
			return c.images.all[i].at.below(below)
		}
		return c.place(imagesName, p)
	})
	c.add(s)
}

// tasksSection lists the tasks that import VMs as AMIs.
func (c *regionCheck) tasksSection() {
	s := newSection("tasks of VM Import/Export")
	for _, t := range c.tasks.all {
		text := say("%s %s", t.ImportTaskId, t.Status)
		for _, part := range []string{t.ImageId, t.StatusMessage} {
			if part != "" {
				text += ": " + rule.Shorten(part)
			}
		}
		if t.Encrypted {
			text += ": the AMI will be encrypted"
		}
		s.Lines = append(s.Lines, text)
	}
	if len(s.Lines) > 0 {
		s.ask(question{place: c.tasks.all[0].at, reason: "no document of BYOL says what the messages of these tasks mean", by: rule.ByDocuments})
		c.add(s)
	}
}
