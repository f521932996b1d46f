package troubleshoot

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The causes in the federation of users by SAML 2.0, and in the calls of the API.
const (
	StreamNotPermitted rule.Code = "troubleshoot.role-may-not-stream"
	NoWorkspaceOfUser  rule.Code = "troubleshoot.user-without-workspace"
	SessionDuration    rule.Code = "troubleshoot.session-duration-missing"
	RelayStateNotValid rule.Code = "troubleshoot.relay-state-not-valid"
	UserAccessURL      rule.Code = "troubleshoot.user-access-url-not-valid"
	NameIDDiffers      rule.Code = "troubleshoot.name-id-differs"
	EmailDiffers       rule.Code = "troubleshoot.email-differs"
	TagCharacters      rule.Code = "troubleshoot.tag-characters-not-valid"
	RateOverQuota      rule.Code = "troubleshoot.rate-over-quota"
)

var samlCauses = []cause{
	{
		code: StreamNotPermitted, of: "saml-not-authorized",
		title:  "The policy of the role that users assume does not permit streaming from the ARN of the directory.",
		remedy: "Add the ARN of the directory to the inline policy of the role.",
		said:   []said{might(hSAML, "2022-09-02", "", not(RoleMayStream))},
	},
	{
		code: NoWorkspaceOfUser, of: "saml-not-authorized",
		title:  "The user has no WorkSpace in the directory.",
		remedy: "Launch a WorkSpace for the user in the directory.",
		checks: []Check{{Operation: "DescribeWorkspaces", Command: "wks explain --dir EXPORT USER"}},
		said:   []said{might(hSAML, "2022-09-02", "", not(UserHasWorkspace))},
	},
	{
		code: SessionDuration, of: "disconnected-every-hour",
		title:   "The identity provider does not send the attribute SessionDuration, and a session without it lasts 60 minutes.",
		remedy:  "Let the identity provider send SessionDuration, the length of a session in seconds.",
		figures: []tables.Figure{{Name: "session without SessionDuration", Value: "60 minutes"}},
		said:    []said{might(hHour, "2022-09-02", "", is(SAMLInUse), not(SessionDurationSent))},
	},
	{
		code: RelayStateNotValid, of: "saml-redirect-uri",
		title:  "The relay state that the identity provider sends is not valid.",
		remedy: "In the identity provider, set the relay state that the guide gives for the Region and the directory.",
		said:   []said{must(hRedirect, "2022-09-02", "", not(RelayStateValid))},
	},
	{
		code: UserAccessURL, of: "saml-redirect-uri",
		title:  "The directory does not have the user access URL and the relay state parameter of the identity provider.",
		remedy: "Set the user access URL and the name of the relay state parameter in the directory.",
		checks: []Check{{Operation: "ModifySamlProperties"}},
		said:   []said{must(hRedirect, "2022-09-02", "", not(UserAccessURLValid))},
	},
	{
		code: NameIDDiffers, of: "saml-launch-error",
		title:  "The NameID in the assertion is not the user name that WorkSpaces has.",
		remedy: "Send the user name of WorkSpaces as NameID. Most often it is sAMAccountName.",
		said:   []said{must(hWentWrong, "2022-09-02", "", not(NameIDMatches))},
	},
	{
		code: EmailDiffers, of: "saml-launch-error",
		title:  "The attribute PrincipalTag:Email in the assertion is not the mail address that the directory has for the user.",
		remedy: "Send the user's mail address in the directory as PrincipalTag:Email.",
		said:   []said{must(hWentWrong, "2022-09-02", "", not(EmailMatches))},
	},
	{
		code: TagCharacters, of: "saml-tags",
		title:  "A value of PrincipalTag in the assertion has characters other than letters, digits, spaces and _ . : / = + - @.",
		remedy: "Send values of PrincipalTag that have only these characters.",
		said:   []said{must(hTags, "2022-09-02", "", not(TagsValid))},
	},
	{
		code: RateOverQuota, of: "throttling",
		title:   "More calls were made than 2 a second, or more than 5 at once.",
		remedy:  "Make at most 2 calls a second and 5 at once, over all programs that share the quota.",
		checks:  []Check{{Command: "wks pace"}, {Command: "wks quota"}},
		figures: []tables.Figure{{Name: "calls that the chapter allows", Value: "2 a second, and 5 in a burst"}},
		said:    []said{must(hThrottling, "2019-10-25", "", is(CallsOverQuota))},
	},
}
