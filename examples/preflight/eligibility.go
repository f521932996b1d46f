package main

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
func (e *regionExport) eligibility(r *regionReport, rules byol.Rules) ([]section, error) {
	var list []section
	switch {
	case e.facts != nil:
		for _, ask := range []func(*regionReport, byol.Rules) (section, bool, error){e.checklistSection, e.importSection, e.amiSection} {
			s, asked, err := ask(r, rules)
			if err != nil {
				return nil, err
			}
			if asked {
				list = append(list, s)
			}
		}
	case e.account != nil:
		r.NotAsked = append(r.NotAsked, "whether the account meets the requirements of BYOL: no "+byolName)
	}
	if e.images != nil {
		list = append(list, e.imagesSection())
	}
	if e.tasks != nil {
		list = append(list, e.tasksSection())
	}
	return list, nil
}

// checklistSection has a line for each requirement. What files of the export tell is
// taken from them; byol.json must not say otherwise.
func (e *regionExport) checklistSection(r *regionReport, rules byol.Rules) (section, bool, error) {
	s := newSection("checklist of BYOL")
	facts, files, err := e.accountFacts(r)
	if err != nil {
		return s, false, err
	}
	list, err := rules.Checklist(&facts)
	if err != nil {
		return s, false, &fileError{e.place(byolName, "Facts"), err.Error()}
	}
	s.Verdict = list.Verdict()
	for _, l := range list {
		text := fmt.Sprintf("%-14s  %-6s  %s: want %s", l.State, l.Level, l.Path, l.Want)
		if l.Got != "" && l.State != byol.Met {
			text += "; it is " + strings.Map(printable, l.Got)
		}
		s.Lines = append(s.Lines, text)
	}
	s.addFrom(list.Violations(), e.place(byolName, "Facts"), files)
	return s, true, nil
}

// accountFacts are the facts of byol.json with those that the export tells, and where
// the latter stand.
func (e *regionExport) accountFacts(r *regionReport) (facts byol.Facts, files map[rule.Path]place, err error) {
	facts, files = e.facts.Facts, map[rule.Path]place{}
	if facts.Region == "" {
		facts.Region = e.region
	}
	if facts.Region != e.region {
		return facts, nil, &fileError{e.place(byolName, "Facts.Region"), fmt.Sprintf("is %s, and the file is one of %s", facts.Region, e.region)}
	}
	if e.account != nil && r.BYOL != nil {
		if err := agree(e, &facts.DedicatedTenancySupport, types.DedicatedTenancySupportResultEnum(e.account.DedicatedTenancySupport), "DedicatedTenancySupport", files); err != nil {
			return facts, nil, err
		}
		if err := agree(e, &facts.DedicatedTenancyAccountType, types.DedicatedTenancyAccountType(e.account.DedicatedTenancyAccountType), "DedicatedTenancyAccountType", files); err != nil {
			return facts, nil, err
		}
		if facts.ManagementCIDRChosen == nil {
			facts.ManagementCIDRChosen = new(r.BYOL.Chosen != nil)
			files["ManagementCIDRChosen"] = e.place(accountName, "DedicatedTenancyManagementCidrRange")
		}
		inUse := slices.ContainsFunc(r.BYOL.Findings, func(f finding) bool { return f.Code == network.ManagementCIDRInUse })
		if r.BYOL.Chosen != nil && facts.ManagementCIDRConflicts == nil && (inUse || len(r.BYOL.Partial) == 0) {
			facts.ManagementCIDRConflicts = new(inUse)
			files["ManagementCIDRConflicts"] = e.place(accountName, "DedicatedTenancyManagementCidrRange")
		}
	}
	if e.directories != nil && len(e.directories.Directories) > 0 && facts.Directory == nil {
		all := e.directories.Directories
		i := max(0, slices.IndexFunc(all, func(d directory) bool { return d.Tenancy == string(types.TenancyDedicated) }))
		facts.Directory = &byol.Directory{Kind: all[i].DirectoryType, Tenancy: types.Tenancy(all[i].Tenancy)}
		files["Directory"] = e.place(directoriesName, rule.Path("Directories").Index(i))
	}
	if facts.Format == "" && e.facts.Import.Ec2ImageId != "" {
		facts.Format = "AMI"
	}
	if image, at := e.plannedAMI(); image != nil && facts.SourceAMIEncrypted == nil {
		if facts.SourceAMIEncrypted = image.encrypted(); facts.SourceAMIEncrypted != nil {
			files["SourceAMIEncrypted"] = at
		}
	}
	return facts, files, nil
}

// agree takes a fact from describe-account, which byol.json may repeat.
func agree[T ~string](e *regionExport, fact *T, exported T, name rule.Path, files map[rule.Path]place) error {
	if *fact != "" && *fact != exported {
		return &fileError{e.place(byolName, rule.Path("Facts").Join(name)), fmt.Sprintf("is %q, and %s says %q", string(*fact), accountName, string(exported))}
	}
	*fact, files[name] = exported, e.place(accountName, name)
	return nil
}

// plannedAMI is the AMI that is to be imported, if it was exported, and its place.
func (e *regionExport) plannedAMI() (*ami, place) {
	if e.amis != nil && e.facts != nil {
		for i := range e.amis.Images {
			if a := &e.amis.Images[i]; a.ImageId == e.facts.Import.Ec2ImageId {
				return a, e.place(amisName, rule.Path("Images").Index(i))
			}
		}
	}
	return nil, place{}
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
func (e *regionExport) importSection(r *regionReport, rules byol.Rules) (section, bool, error) {
	plan := e.facts.Import
	if plan.Ec2ImageId == "" && plan.ImageName == "" && plan.IngestionProcess == "" {
		return section{}, false, nil
	}
	s := newSection("import of " + plan.Ec2ImageId)
	call := byol.Import{Ec2ImageId: plan.Ec2ImageId, ImageName: plan.ImageName, ImageDescription: plan.ImageDescription, IngestionProcess: types.WorkspaceImageIngestionProcess(plan.IngestionProcess)}
	for _, app := range plan.Applications {
		call.Applications = append(call.Applications, types.Application(app))
	}
	known := byol.Known{Compute: types.Compute(plan.Compute), AllowListed: plan.AllowListed}
	if w := e.facts.Facts.Windows; w != nil {
		known.Windows = *w
	}
	switch image, _ := e.plannedAMI(); {
	case image != nil: // the export lists the account's own
		known.AMIOwned, known.AMIEncrypted = new(true), image.encrypted()
	case e.amis == nil:
		r.NotAsked = append(r.NotAsked, "whether the AMI of the import is the account's own, and encrypted: no "+amisName)
	default:
		s.Lines = append(s.Lines, fmt.Sprintf("%s is not among the AMIs of %s", plan.Ec2ImageId, amisName))
	}
	if e.images == nil {
		r.NotAsked = append(r.NotAsked, "whether the name of the import is free: no "+imagesName)
	} else {
		known.ImageNames = []string{}
		for _, image := range e.images.Images {
			known.ImageNames = append(known.ImageNames, image.Name)
		}
	}
	a, err := rules.CheckImport(call, known)
	if err != nil {
		return s, false, &fileError{e.place(byolName, "Facts.Windows"), err.Error()}
	}
	s.Verdict = a.Verdict
	for _, path := range a.Unknown {
		s.Lines = append(s.Lines, fmt.Sprintf("not known: %s", path))
	}
	s.addFrom(a.Violations, e.place(byolName, "Import"), map[rule.Path]place{"Windows": e.place(byolName, "Facts.Windows")})
	return s, true, nil
}

// amiSection checks the machine of byol.json, and what the planned AMI tells of it.
func (e *regionExport) amiSection(_ *regionReport, rules byol.Rules) (section, bool, error) {
	m, files := e.facts.Machine, map[rule.Path]place{}
	image, at := e.plannedAMI()
	if image != nil {
		if m.SystemType == nil && image.Architecture != "" {
			files["SystemType"] = at.below("Architecture")
			m.SystemType = new(strings.Replace(image.Architecture, "x86_64", "x64-based PC", 1))
		}
		if m.UEFI == nil && (image.BootMode == "uefi" || image.BootMode == "legacy-bios") {
			files["UEFI"] = at.below("BootMode")
			m.UEFI = new(image.BootMode == "uefi")
		}
		for i, d := range image.BlockDeviceMappings {
			if m.DiskBytes == nil && d.DeviceName == image.RootDeviceName && d.Ebs.VolumeSize != nil {
				files["DiskBytes"] = at.below(rule.Path("BlockDeviceMappings").Index(i).Join("Ebs.VolumeSize"))
				m.DiskBytes = new(int64(*d.Ebs.VolumeSize) * byol.GB)
			}
		}
	}
	if w := e.facts.Facts.Windows; w != nil && m.Caption == nil && m.Version == nil {
		files["Caption"] = e.place(byolName, "Facts.Windows")
		m.Caption = new(strings.TrimSpace(w.Product + " " + w.Edition))
		if w.Build != 0 {
			m.Version = new(fmt.Sprintf("10.0.%d", w.Build))
		}
	}
	list, err := rules.MachineChecklist(&m)
	if err != nil {
		return section{}, false, &fileError{e.place(byolName, "Machine"), err.Error()}
	}
	counts := map[byol.State]int{}
	for _, l := range list {
		counts[l.State]++
	}
	if counts[byol.NotProvided] == len(list) {
		return section{}, false, nil // nothing at all is known
	}
	s := newSection("machine of the BYOL image")
	s.Verdict = list.Verdict()
	s.Lines = append(s.Lines, fmt.Sprintf("%d requirements: %d met, %d broken, %d not provided, %d not applicable, %d undocumented",
		len(list), counts[byol.Met], counts[byol.Broken], counts[byol.NotProvided], counts[byol.NotApplicable], counts[byol.Undocumented]))
	s.addFrom(list.Violations(), e.place(byolName, "Machine"), files)
	return s, true, nil
}

// imagesSection explains the errors of the images that there are.
func (e *regionExport) imagesSection() section {
	s := newSection("WorkSpaces images")
	s.Verdict = rule.Allowed
	var images []types.WorkspaceImage
	dedicated := 0
	for _, i := range e.images.Images {
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
	vs := byol.ImageErrors(images)
	if len(vs) > 0 {
		s.Verdict = rule.Denied
	}
	s.add(vs, e.place(imagesName, ""))
	return s
}

// tasksSection lists the tasks that import VMs as AMIs. No document of BYOL says what
// their messages mean.
func (e *regionExport) tasksSection() section {
	s := newSection("tasks of VM Import/Export")
	for _, t := range e.tasks.ImportImageTasks {
		text := t.ImportTaskId + " " + t.Status
		for _, part := range []string{t.ImageId, t.StatusMessage} {
			if part != "" {
				text += ": " + part
			}
		}
		if t.Encrypted {
			text += ": the AMI will be encrypted"
		}
		s.Lines = append(s.Lines, text)
	}
	return s
}
