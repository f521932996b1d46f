package troubleshoot

import "github.com/wksgo/wks/rule"

// The causes for which certificate-based authentication falls back to a password.
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
		title:  "The WorkSpace does not stream over DCV, with which alone certificate-based authentication works.",
		remedy: "Use a Windows WorkSpace over DCV, and the newest client for Windows.",
		checks: []Check{{Operation: "DescribeWorkspaces", Command: "wks explain --dir EXPORT WORKSPACE"}},
		said:   []said{must(hCertificate, autumn2025, "", over(PCoIP))},
	},
	signOn(SignOnNotRebooted, "The WorkSpace was not rebooted since certificate-based authentication was enabled.",
		"Reboot the WorkSpace.", not(RebootedSince)),
	signOn(CertificateNotIssued, "AWS Private CA could not be reached, or issued no certificate.",
		"Look in CloudTrail whether a certificate was issued, and let WorkSpaces use the private authority.", not(CertificateIssued)),
	signOn(ControllerCertificate, "A domain controller has no certificate for smart card logon, or one that has expired.",
		"Give each domain controller a domain controller certificate.", not(ControllerHasCertificate)),
	signOn(AuthorityNotPublished, "The domain does not trust the certificate, because the authority is not published in Active Directory.",
		"Publish the authority to Active Directory; certutil -viewstore -enterprise NTAuth shows it.", not(AuthorityPublished)),
	signOn(CachedCertificate, "A certificate is in the cache, and attributes of the user have changed since.",
		"Wait 24 hours until the certificate has expired, or let AWS Support clear the cache.", is(AttributesChanged)),
	signOn(PrincipalNameForm, "The attribute UserPrincipalName is malformed, or does not lead to the domain of the user.",
		"Send UserPrincipalName in the form that the domain of the user has.", not(PrincipalNameValid)),
	signOn(ObjectSidDiffers, "The attribute ObjectSid is not the security identifier of the user who is the NameID.",
		"Correct the mapping of the attribute, or leave ObjectSid away.", is(SidDiffers)),
	signOn(SmartCardPolicy, "Group policies change the logon by smart card, or act when a smart card is removed.",
		"Set the group policies for smart cards back to their defaults.", is(SmartCardPolicies)),
	signOn(RevocationListOffline, "The distribution point of the revocation list of the authority is offline, or not reached from WorkSpace or domain controller.",
		"Let WorkSpaces and domain controllers reach the distribution point.", not(RevocationReached)),
	signOn(StaleAuthorities, "The domain or forest has authorities that are stale.",
		"Look with PKIVIEW.msc, and delete stale authorities.", is(AuthoritiesStale)),
	signOn(ReplicationFails, "Active Directory does not replicate, or has domain controllers that are stale.",
		"Look with repadmin /replsum, and mend the replication.", not(ReplicationWorks)),
}
