package troubleshoot

import "github.com/wksgo/wks/rule"

// The causes in directories and in the users that they have.
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
		title:  "The directory is an AD Connector, of which users get no mails by themselves.",
		remedy: "Send the invitation by hand, and reset passwords with the tools of Active Directory.",
		checks: []Check{{Operation: "DescribeWorkspaceDirectories"}},
		said: []said{
			might(hMails, "2019-09-24", "2020-06-04", inDirectory("AD_CONNECTOR")),
			must(hMailsLater, "2020-06-04", "", inDirectory("AD_CONNECTOR")),
		},
	},
	{
		code: NoMailsOfTrustedDomain, of: "invitation-emails",
		title:  "The user is of a trusted domain, of which users get no mails by themselves.",
		remedy: "Send the invitation by hand, and reset passwords with the tools of Active Directory.",
		said:   []said{must(hMailsLater, "2020-10-01", "", is(TrustedDomain))},
	},
	{
		code: NoInvitationOfUser, of: "invitation-emails",
		title:  "The user was in Active Directory before the WorkSpace, and gets no invitation by itself.",
		remedy: "Send the invitation by hand.",
		said:   []said{must(hMailsLater, "2021-06-05", "", is(UserExisted))},
	},
	{
		code: NoResetInADConnector, of: "forgot-password",
		title:  "The directory is an AD Connector, with which users cannot reset their passwords.",
		remedy: "Reset passwords with the tools of Active Directory.",
		checks: []Check{{Operation: "DescribeWorkspaceDirectories"}},
		said:   []said{must(hForgot, "2020-06-04", "", inDirectory("AD_CONNECTOR"))},
	},
	{
		code: NoResetInTrustedDomain, of: "forgot-password",
		title:  "The user is of a trusted domain, whose users cannot reset their passwords.",
		remedy: "Reset passwords with the tools of Active Directory.",
		said:   []said{must(hForgot, "2020-10-01", "", is(TrustedDomain))},
	},
	{
		code: UserRecreated, of: "same-user-name",
		title:  "The user was deleted in Active Directory and added again, so that the first WorkSpace is that of another security identifier.",
		remedy: "Restore the deleted user from the recycle bin of Active Directory, or move the data and delete the first WorkSpace.",
		checks: []Check{{Code: "bundles.user-taken", Operation: "DescribeWorkspaces"}},
		said:   []said{must(hSameName, "2020-07-08", "", is(UserWasRecreated))},
	},
	{
		code: UserRenamed, of: "same-user-name",
		title:  "The user was renamed and named back, and got a second WorkSpace in between.",
		remedy: "Move the data to one of the two WorkSpaces, and delete the other.",
		checks: []Check{{Code: "bundles.user-taken", Operation: "DescribeWorkspaces"}},
		said:   []said{must(hSameName, "2020-07-08", "", is(UserWasRenamed))},
	},
	{
		code: PasswordPolicyNotAsked, of: "password-policy",
		title:  "The client resets passwords of AWS Managed Microsoft AD by its default complexity, whatever fine-grained policy there is.",
		remedy: "Let an administrator reset passwords in Active Directory where the policy must hold.",
		checks: []Check{{Code: "bundles.password-categories"}},
		said:   []said{must(hPassword, autumn2025, "", is(ManagedAD))},
	},
	{
		code: UserNamedUbuntu, of: "gnome-crashes",
		title:  "The WorkSpace was launched for a user named ubuntu, whom the system already has.",
		remedy: "Launch the WorkSpace for a user with another name.",
		checks: []Check{{Operation: "DescribeWorkspaces", Command: "wks explain --dir EXPORT WORKSPACE"}},
		said:   []said{must(hGnome, autumn2025, "", is(NamedUbuntu))},
	},
}
