package preflight

import (
	"io/fs"
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// readTags reads the tags of all WorkSpaces. A file that has those of one comes first.
func (e *regionExport) readTags(fsys fs.FS, full string, notes *notes) error {
	f, err := decodePage(fsys, full, notes, func(*resourcesFile) string { return "" })
	if err == nil && f.PaginationToken != "" {
		err = notWhole(full, "PaginationToken")
	}
	if err != nil {
		return err
	}
	for i, r := range f.ResourceTagMappingList {
		at := inFile(full).below(rule.Path("ResourceTagMappingList").Index(i))
		arn, ok := facts.ParseARN(r.ResourceARN)
		id, is := strings.CutPrefix(arn.Resource, "workspace/")
		switch {
		case !ok || id == "" && is:
			notes.unusable(at.below("ResourceARN"), "%q is not the ARN of a WorkSpace; its tags are left out", rule.Shorten(r.ResourceARN))
		case is && e.tags[id] == nil:
			e.tags[id] = &tagsFile{element{at.below("Tags")}, r.Tags}
		}
	}
	return nil
}
