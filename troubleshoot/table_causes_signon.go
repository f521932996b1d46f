package troubleshoot

import "github.com/wksgo/wks/rule"

// The causes that make certificate-based authentication ask for a password.
const (
	SignOnUnsupported     rule.Code = "troubleshoot.certificate-sign-on-unsupported"
	SignOnNotRebooted     rule.Code = "troubleshoot.certificate-sign-on-without-reboot"
	CertificateNotIssued  rule.Code = "troubleshoot.certificate-not-issued"
	ControllerCertificate rule.Code = "troubleshoot.controller-certificate-missing"
	AuthorityNotPublished rule.Code = "troubleshoot.authority-not-published"
	CachedCertificate     rule.Code = "troubleshoot.certificate-in-cache-outdated"
	PrincipalNameForm     rule.Code = "troubleshoot.user-principal-name-not-valid"
	ObjectSidDiffers      rule.Code = "troubleshoot.object-sid-differs"
	SmartCardPolicy       rule.Code = "troubleshoot.smart-card-policy-changed"
	RevocationListOffline rule.Code = "troubleshoot.revocation-list-unreachable"
	StaleAuthorities      rule.Code = "troubleshoot.stale-authorities"
	ReplicationFails      rule.Code = "troubleshoot.replication-fails"
)

func signOn(code rule.Code, title, remedy string, needs ...condition) cause {
	return cause{code: code, of: "certificate-logon", title: title, remedy: remedy, said: []said{might(hCertificate, autumn2025, "", needs...)}}
}

var signOnCauses = []cause{
	{
		code: SignOnUnsupported, of: "certificate-logon",
		title:  "The WorkSpace streams over PCoIP, and certificate-based authentication works only over DCV.",
		remedy: "Use a Windows WorkSpace over DCV, and the newest client for Windows.",
		checks: []Check{{Operation: "DescribeWorkspaces", Command: "wks explain --dir EXPORT WORKSPACE"}},
		said:   []said{must(hCertificate, autumn2025, "", over(PCoIP))},
	},
	signOn(SignOnNotRebooted, "The WorkSpace was not rebooted since certificate-based authentication was enabled.",
		"Reboot the WorkSpace.", not(RebootedSince)),
	signOn(CertificateNotIssued, "AWS Private CA could not be reached, or issued no certificate.",
		"Look for the certificate in CloudTrail, and let WorkSpaces use the private authority.", not(CertificateIssued)),
	signOn(ControllerCertificate, "A domain controller has no certificate for smart card logon, or one that has expired.",
		"Give each domain controller a domain controller certificate.", not(ControllerHasCertificate)),
	signOn(AuthorityNotPublished, "The domain does not trust the certificate, because the authority is not published in Active Directory.",
		"Publish the authority to Active Directory. To check it, run certutil -viewstore -enterprise NTAuth.", not(AuthorityPublished)),
	signOn(CachedCertificate, "The certificate in the cache is older than a change of the user's attributes.",
		"Wait 24 hours until the certificate expires, or ask AWS Support to clear the cache.", is(AttributesChanged)),
	signOn(PrincipalNameForm, "The attribute UserPrincipalName is malformed, or names another domain than that of the user.",
		"Send UserPrincipalName in the form that the domain of the user needs.", not(PrincipalNameValid)),
	signOn(ObjectSidDiffers, "The attribute ObjectSid is not the security identifier of the user that NameID names.",
		"Correct the mapping of the attribute, or do not send ObjectSid.", is(SidDiffers)),
	signOn(SmartCardPolicy, "Group policies change the logon by smart card, or what happens when a card is removed.",
		"Set the group policies for smart cards back to their defaults.", is(SmartCardPolicies)),
	signOn(RevocationListOffline, "The WorkSpace or a domain controller cannot reach the distribution point of the authority's revocation list.",
		"Let WorkSpaces and domain controllers reach the distribution point.", not(RevocationReached)),
	signOn(StaleAuthorities, "The domain or forest has stale certificate authorities.",
		"Find the stale authorities with PKIVIEW.msc, and delete them.", is(AuthoritiesStale)),
	signOn(ReplicationFails, "Active Directory does not replicate, or has stale domain controllers.",
		"Find the errors with repadmin /replsum, and repair the replication.", not(ReplicationWorks)),
}
