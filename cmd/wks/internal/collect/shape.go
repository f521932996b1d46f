package collect

import (
	"encoding/base64"
	"reflect"
	"time"

	"github.com/aws/smithy-go/middleware"
)

// lowercase are the members of what is collected that the service's model, and so the AWS CLI, spells
// with a small first letter. All others are spelled as the SDK's fields are.
var lowercase = map[string]map[string]string{
	"IpRuleItem":         {"IpRule": "ipRule", "RuleDesc": "ruleDesc"},
	"WorkspacesIpGroup":  {"GroupDesc": "groupDesc", "GroupId": "groupId", "GroupName": "groupName", "UserRules": "userRules"},
	"WorkspaceDirectory": {"IpGroupIds": "ipGroupIds"},
}

// shaped returns a value of the SDK in the shape that the AWS CLI prints, for encoding/json. It is
// false if the service did not tell the value: a pointer, list or map that is nil, or an empty enum.
func shaped(v reflect.Value) (value any, told bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil, false
		}
		return shaped(v.Elem())
	case reflect.String:
		return v.String(), v.Type().PkgPath() == "" || v.Len() > 0
	case reflect.Slice:
		if v.IsNil() {
			return nil, false
		}
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return base64.StdEncoding.EncodeToString(v.Bytes()), true
		}
		list := make([]any, 0, v.Len())
		for i := range v.Len() {
			element, _ := shaped(v.Index(i))
			list = append(list, element)
		}
		return list, true
	case reflect.Map:
		members := map[string]any{}
		for it := v.MapRange(); it.Next(); {
			members[it.Key().String()], _ = shaped(it.Value())
		}
		return members, !v.IsNil()
	case reflect.Struct:
		if t, is := v.Interface().(time.Time); is {
			return t.UTC().Format("2006-01-02T15:04:05.999999-07:00"), true
		}
		return shapedStruct(v), true
	}
	return v.Interface(), true
}

func shapedStruct(v reflect.Value) map[string]any {
	t := v.Type()
	members := map[string]any{}
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() || f.Anonymous || f.Type == reflect.TypeFor[middleware.Metadata]() {
			continue
		}
		name := f.Name
		if small, is := lowercase[t.Name()][name]; is {
			name = small
		}
		if value, told := shaped(v.Field(i)); told {
			members[name] = value
		}
	}
	return members
}
