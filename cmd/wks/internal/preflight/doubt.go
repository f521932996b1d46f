package preflight

import (
	"cmp"
	"errors"
	"io/fs"
	"path"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

// doubt keeps the first value of a file that cannot be used.
func (e *regionExport) doubt(name string, wrong *fileError) {
	if wrong != nil {
		e.doubts[name] = cmp.Or(e.doubts[name], wrong)
	}
}

// doubtFile keeps why a file cannot be used.
func (e *regionExport) doubtFile(name string, err error) {
	var file *fileError
	if errors.As(err, &file) {
		e.doubt(name, file)
	}
}

// refuse notes why a file cannot be used; the others are.
func (a *account) refuse(err error) {
	var file *fileError
	var all interface{ Unwrap() []error }
	switch {
	case err == nil:
	case errors.As(err, &all):
		for _, err := range all.Unwrap() {
			a.refuse(err)
		}
	case errors.As(err, &file):
		a.refused = append(a.refused, err)
		a.notes.wrong(file, "the file is not used")
	default:
		a.refused = append(a.refused, err)
		a.notes.unusable(place{}, "%v", err)
	}
}

// nothing is the error of an export of which no file can be used, nil if one can.
func (a *account) nothing() error {
	for _, e := range a.regions {
		for _, usable := range e.files {
			if usable {
				return nil
			}
		}
	}
	return errors.Join(a.refused...)
}

// A keyFile is what describe-key prints of a key, to tell where a value stands that has the wrong type.
type keyFile struct {
	KeyMetadata struct {
		encryption.Key
		OldSpec string `json:"CustomerMasterKeySpec"`
	}
}

// keyError is the error of a key that ParseKey does not take, with the place of the value if it is known.
func keyError(fsys fs.FS, full string, err error) error {
	at := inFile(full)
	var unknown notes // ParseKey passes over members that are not known
	wrong, bad := decodeUsable(fsys, full, new(keyFile), &unknown)
	var input *rule.InputError
	switch {
	case bad != nil:
		return bad
	case len(wrong) > 0:
		return wrong[0]
	case errors.As(err, &input):
		return newFileError(at.below(input.Path), say("%q %s", input.Value, said(input.Reason)))
	}
	return newFileError(at, err.Error())
}

// readEntries reads the entries of a prefix list.
func (e *regionExport) readEntries(fsys fs.FS, full, id string, notes *notes) error {
	f := new(entriesFile)
	wrong, err := decodeUsable(fsys, full, f, notes)
	if err == nil && f.NextToken != "" {
		err = notWhole(full, "NextToken")
	}
	for _, w := range wrong {
		if _, _, ok := cutIndex(w.Path, "Entries"); !ok {
			err = cmp.Or[error](err, w)
		}
	}
	if err != nil {
		return err
	}
	kept := f.Entries[:0]
	for _, entry := range f.Entries {
		if entry.Cidr.IsValid() {
			kept = append(kept, entry)
		}
	}
	f.Entries = kept
	for _, w := range wrong {
		w.of = named{Kind: "prefix list", ID: id}
		notes.wrong(w, "the entry is left out")
		f.wrong = cmp.Or(f.wrong, w)
		e.doubt(entriesPrefix, w)
	}
	e.entries[id] = f
	return nil
}

// readFacts reads what is known of an account that is to bring its own licences.
func (e *regionExport) readFacts(fsys fs.FS, full string, notes *notes) error {
	f := new(byolFile)
	wrong, err := decodeUsable(fsys, full, f, notes)
	if err != nil {
		return err
	}
	for _, w := range wrong {
		if w.Path == "" {
			return w
		}
	}
	for _, w := range wrong {
		notes.wrong(w, "it is taken as not given")
		e.doubt(path.Base(full), w)
		if rule.Path("Import").Covers(w.Path) {
			f.importWrong = cmp.Or(f.importWrong, w)
		}
	}
	e.facts = f
	return nil
}

// doubt adds that the answer depends on a value that cannot be used, if there is one.
func (r *result) doubt(wrong *fileError) {
	if wrong != nil {
		r.ask(question{place: wrong.place, by: rule.ByInput, reason: "it depends on a value that cannot be used"})
	}
}

// dependents are the files that the answers of sections depend on as a whole, by the kind of the section. What depends
// on one element asks about that element.
var dependents = map[string][]string{
	"IP access control groups":  {ipGroupsName, directoriesName},
	"checklist of BYOL":         {byolName, amisName, directoriesName},
	"import":                    {byolName, amisName, imagesName},
	"machine of the BYOL image": {byolName, amisName},
	"bundles":                   {bundlesName},
	"WorkSpaces images":         {imagesName},
	"tasks of VM Import/Export": {tasksName},
	"tags":                      {tagsName, tagsPrefix},
	"quotas":                    {bundlesName, imagesName, directoriesName},
	"WorkSpaces":                {workspacesName},
	"what WorkSpaces name":      {workspacesName},
	"KMS keys":                  {workspacesName, keyPrefix, grantsPrefix},
	"devices of directories":    {workspacesName},
	"SSH":                       {workspacesName, entriesPrefix},
	"FedRAMP":                   {workspacesName},
	"access events":             {workspacesName},
	"alarms":                    {alarmsName},
	"event patterns":            {eventRulesName},
	"directories":               {directoriesName},
	"firewall":                  {directoriesName},
	"plan":                      {workspacesName, bundlesName, directoriesName, subnetsName},
	byolTitle:                   {vpcsName},
}

// doubtOf adds to an answer of a kind what cannot be used of the files that it depends on.
func (e *regionExport) doubtOf(r *result, kind string) {
	for _, name := range dependents[kind] {
		r.doubt(e.doubts[name])
	}
}

// doubted adds to the answers about a Region what cannot be used of the files that they depend on.
func (c *regionCheck) doubted() {
	if c.report.BYOL != nil {
		c.doubtOf(&c.report.BYOL.result, byolTitle)
	}
	for i := range c.report.Sections {
		s := &c.report.Sections[i]
		c.doubtOf(&s.result, s.kind)
	}
}

// placeless is the first value because of which it is not known which VPC a directory lies in, or whether the VPC's
// network matters to it; nil if there is none.
func (e *regionExport) placeless() *fileError {
	wrong := cmp.Or(e.directories.lacking(), e.subnets.lacking())
	for _, d := range e.directories.elements() {
		wrong = cmp.Or(wrong, d.lacks("SubnetIds"), d.lacks("Tenancy"), d.lacks("WorkspaceType"))
	}
	for _, s := range e.subnets.elements() {
		wrong = cmp.Or(wrong, s.lacks("VpcId"))
	}
	return wrong
}
