package troubleshoot

import "github.com/wksgo/wks/rule"

// The causes in directories and their users.
const (
	NoMailsOfADConnector   rule.Code = "troubleshoot.no-mails-of-ad-connector"
	NoMailsOfTrustedDomain rule.Code = "troubleshoot.no-mails-of-trusted-domain"
	NoInvitationOfUser     rule.Code = "troubleshoot.no-invitation-of-existing-user"
	NoResetInADConnector   rule.Code = "troubleshoot.no-password-reset-in-ad-connector"
	NoResetInTrustedDomain rule.Code = "troubleshoot.no-password-reset-in-trusted-domain"
	UserRecreated          rule.Code = "troubleshoot.user-recreated"
	UserRenamed            rule.Code = "troubleshoot.user-renamed"
	PasswordPolicyNotAsked rule.Code = "troubleshoot.password-policy-not-asked"
	UserNamedUbuntu        rule.Code = "troubleshoot.user-named-ubuntu"
)

var directoryCauses = []cause{
	{
		code: NoMailsOfADConnector, of: "invitation-emails",
		title:  "The directory is an AD Connector, and sends its users no mails.",
		remedy: "Send the invitation yourself, and reset passwords with the tools of Active Directory.",
		checks: []Check{{Operation: "DescribeWorkspaceDirectories"}},
		said: []said{
			might(hMails, "2019-09-24", "2020-06-04", inDirectory("AD_CONNECTOR")),
			must(hMailsLater, "2020-06-04", "", inDirectory("AD_CONNECTOR")),
		},
	},
	{
		code: NoMailsOfTrustedDomain, of: "invitation-emails",
		title:  "The user belongs to a trusted domain, and users of trusted domains get no mails.",
		remedy: "Send the invitation yourself, and reset passwords with the tools of Active Directory.",
		said:   []said{must(hMailsLater, "2020-10-01", "", is(TrustedDomain))},
	},
	{
		code: NoInvitationOfUser, of: "invitation-emails",
		title:  "The user was in Active Directory before the WorkSpace, and such users get no invitation.",
		remedy: "Send the invitation yourself.",
		said:   []said{must(hMailsLater, "2021-06-05", "", is(UserExisted))},
	},
	{
		code: NoResetInADConnector, of: "forgot-password",
		title:  "The directory is an AD Connector, and its users cannot reset their passwords.",
		remedy: "Reset passwords with the tools of Active Directory.",
		checks: []Check{{Operation: "DescribeWorkspaceDirectories"}},
		said:   []said{must(hForgot, "2020-06-04", "", inDirectory("AD_CONNECTOR"))},
	},
	{
		code: NoResetInTrustedDomain, of: "forgot-password",
		title:  "The user belongs to a trusted domain, and users of trusted domains cannot reset their passwords.",
		remedy: "Reset passwords with the tools of Active Directory.",
		said:   []said{must(hForgot, "2020-10-01", "", is(TrustedDomain))},
	},
	{
		code: UserRecreated, of: "same-user-name",
		title:  "The user was deleted in Active Directory and added again. The new user has another security identifier than the user of the first WorkSpace.",
		remedy: "Restore the deleted user from the recycle bin of Active Directory, or move the data and delete the first WorkSpace.",
		checks: []Check{{Code: "bundles.user-taken", Operation: "DescribeWorkspaces"}},
		said:   []said{must(hSameName, "2020-07-08", "", is(UserWasRecreated))},
	},
	{
		code: UserRenamed, of: "same-user-name",
		title:  "The user was renamed, got a second WorkSpace, and was then given the old name again.",
		remedy: "Move the data to one of the two WorkSpaces, and delete the other.",
		checks: []Check{{Code: "bundles.user-taken", Operation: "DescribeWorkspaces"}},
		said:   []said{must(hSameName, "2020-07-08", "", is(UserWasRenamed))},
	},
	{
		code: PasswordPolicyNotAsked, of: "password-policy",
		title:  "The client applies the default complexity to passwords of AWS Managed Microsoft AD, and ignores fine-grained policies.",
		remedy: "Let an administrator reset passwords in Active Directory where the policy must hold.",
		checks: []Check{{Code: "bundles.password-categories"}},
		said:   []said{must(hPassword, autumn2025, "", is(ManagedAD))},
	},
	{
		code: UserNamedUbuntu, of: "gnome-crashes",
		title:  "The WorkSpace was launched for a user named ubuntu, and the system has a user of that name already.",
		remedy: "Launch the WorkSpace for a user with another name.",
		checks: []Check{{Operation: "DescribeWorkspaces", Command: "wks explain --dir EXPORT WORKSPACE"}},
		said:   []said{must(hGnome, autumn2025, "", is(NamedUbuntu))},
	},
}
