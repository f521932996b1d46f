package preflight

import (
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// tagAnswers are what the rules say of the tags of resources. They are asked as the tags are read; what is
// kept is what they have to say.
type tagAnswers struct {
	rules   bundles.Rules
	alone   map[string]bool // resources that have a file of their own
	count   int             // of resources that were asked about
	answers []tagAnswer
	tags    []types.Tag // that are asked about
	index   []int       // their indexes in the file
}

// A tagAnswer is about one resource.
type tagAnswer struct {
	id     string
	at     place // of the list
	answer rule.Answer
	err    error
	index  []int // in the list, of the tags that were asked about
}

// check asks about the tags of a resource.
func (t *tagAnswers) check(id string, at place, list []tag) {
	t.count++
	t.tags, t.index = t.tags[:0], t.index[:0]
	for i := range list {
		if !strings.HasPrefix(list[i].Key, "aws:") { // AWS's own, which nobody else can set
			t.tags, t.index = append(t.tags, types.Tag{Key: &list[i].Key, Value: &list[i].Value}), append(t.index, i)
		}
	}
	a, err := t.rules.CheckTags(t.tags)
	if err != nil || len(a.Violations)+len(a.Open) > 0 {
		t.answers = append(t.answers, tagAnswer{id, at, a, err, slices.Clone(t.index)})
	}
}

// A tagReader takes the tags of all WorkSpaces. A file that has those of one comes first.
type tagReader struct {
	*regionExport
	at       place // of the list
	notes    *notes
	resource taggedResource // that is decoded
}

func (t *tagReader) element() reflect.Value {
	t.resource = taggedResource{}
	return reflect.ValueOf(&t.resource).Elem()
}

func (t *tagReader) take(i int, wrong []*fileError) {
	for _, w := range wrong {
		t.notes.wrong(w, "the tags of the resource are left out")
		t.doubt(tagsName, w)
	}
	if len(wrong) > 0 {
		return
	}
	at := place{File: t.at.File, Path: t.at.Path.Index(i)}
	arn, ok := facts.ParseARN(t.resource.ResourceARN)
	id, is := strings.CutPrefix(arn.Resource, "workspace/")
	switch {
	case !ok || id == "" && is:
		t.notes.unusable(at.below("ResourceARN"), "%q is not the ARN of a WorkSpace; its tags are left out", t.resource.ResourceARN)
	case is && !t.tags.alone[id]:
		t.tags.check(id, at.below("Tags"), t.resource.Tags)
	}
}

// readTags reads the tags of all WorkSpaces.
func (e *regionExport) readTags(fsys fs.FS, full string, notes *notes) error {
	f := resourcesFile{ResourceTagMappingList: &tagReader{regionExport: e, at: inFile(full).below("ResourceTagMappingList"), notes: notes}}
	err := decodeFile(fsys, full, &f, notes)
	if err == nil && f.PaginationToken != "" {
		err = notWhole(full, "PaginationToken")
	}
	e.doubtFile(tagsName, err)
	return err
}
