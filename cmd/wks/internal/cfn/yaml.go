package cfn

import (
	"encoding/json"
	"math/big"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// CloudFormation reads YAML 1.1, says the user guide ("CloudFormation template format"), where the library reads 1.2 with
// some of 1.1. What is told apart here is what the types of YAML 1.1 (yaml.org/type) have otherwise. The one letters y and
// n stay texts, as they do for the AWS SAM CLI and for cfn-lint 1.51.0.
var (
	booleans11 = map[string]bool{
		"true": true, "True": true, "TRUE": true, "yes": true, "Yes": true, "YES": true, "on": true, "On": true, "ON": true,
		"false": false, "False": false, "FALSE": false, "no": false, "No": false, "NO": false, "off": false, "Off": false, "OFF": false,
	}
	integer11 = regexp.MustCompile(`^[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*)$`)
	tens11    = regexp.MustCompile(`^[-+]?[1-9][0-9_]*$`)
	base60    = regexp.MustCompile(`^[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+$`)
	float11   = regexp.MustCompile(`^[-+]?([0-9][0-9_]*\.[0-9_]*|\.[0-9_]+)([eE][-+][0-9]+)?$`) // 1e2 has no point and is a text
)

// scalarOf returns the value of a scalar by YAML 1.1: a boolean, a number, a text, or nil.
func scalarOf(n *yaml.Node) any {
	explicit := n.Style&yaml.TaggedStyle != 0
	if explicit && n.Tag != "!!bool" && n.Tag != "!!int" && n.Tag != "!!float" && n.Tag != "!!null" ||
		!explicit && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return n.Value
	}
	if n.Tag == "!!null" {
		return nil
	}
	if b, ok := booleans11[n.Value]; ok {
		return b
	}
	return number11(n.Value)
}

// longestOther is how many characters a whole number may have that is not written in tens. A longer one stays a text: to turn it
// into tens takes more than linear work.
const longestOther = 64

// number11 returns a text that is a number of YAML 1.1 as one of JSON, and other texts as they are.
func number11(s string) any {
	digits := strings.TrimPrefix(strings.ReplaceAll(s, "_", ""), "+")
	switch {
	case tens11.MatchString(s):
		return json.Number(digits)
	case len(s) > longestOther && !float11.MatchString(s):
		return s
	case integer11.MatchString(s):
		if i, ok := new(big.Int).SetString(digits, 0); ok {
			return json.Number(i.String())
		}
	case base60.MatchString(s):
		sum, sixty := new(big.Int), big.NewInt(60)
		for part := range strings.SplitSeq(strings.TrimPrefix(digits, "-"), ":") {
			i, _ := new(big.Int).SetString(part, 10) // digits alone
			sum.Add(sum.Mul(sum, sixty), i)
		}
		if strings.HasPrefix(digits, "-") {
			sum.Neg(sum)
		}
		return json.Number(sum.String())
	case float11.MatchString(s):
		sign, rest := "", digits
		if strings.HasPrefix(rest, "-") {
			sign, rest = "-", rest[1:]
		}
		whole, fraction, _ := strings.Cut(rest, ".")
		fraction, power, scaled := strings.Cut(strings.ToLower(fraction), "e")
		whole = strings.TrimLeft(whole, "0")
		if whole == "" {
			whole = "0"
		}
		if fraction == "" {
			fraction = "0"
		}
		if scaled {
			power = "e" + power
		}
		if number := sign + whole + "." + fraction + power; isNumber(number) {
			return json.Number(number)
		}
	}
	return s
}
