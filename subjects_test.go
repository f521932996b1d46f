package wks_test

import (
	"maps"
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	wks "github.com/wksgo/wks"
)

// A subject is what two questions may contradict one another about.
type subject string

const (
	offers      subject = "which systems, licences, compute types and protocols go together"
	endings     subject = "what ends when"
	places      subject = "what a Region has"
	regionForms subject = "the form of a Region's code"
	states      subject = "states of a WorkSpace"
	snapshots   subject = "snapshots"
	standbys    subject = "standby WorkSpaces"
	sizes       subject = "sizes of volumes"
	quotas      subject = "quotas"
	maintenance subject = "maintenance windows"
	nested      subject = "nested virtualization"
	directories subject = "kinds of directories"
	secrets     subject = "encryption and keys"
	grants      subject = "grants on keys"
	tagging     subject = "tags"
	naming      subject = "names and identifiers"
	users       subject = "names of users"
	passwords   subject = "passwords"
	mfa         subject = "multi-factor authentication"
	deviceTypes subject = "types of devices"
	clients     subject = "client applications"
	ipGroups    subject = "IP access control groups"
	fips        subject = "FIPS"
	openPorts   subject = "ports"
	ipv6        subject = "IPv6 in subnets"
	addresses   subject = "free addresses"
	pools       subject = "WorkSpaces Pools"
	modes       subject = "running modes"
	linux       subject = "which systems are Linux"
	images      subject = "machines and WorkSpaces that images are made of"
	office      subject = "Microsoft Office"
	ranges      subject = "management ranges"
	metrics     subject = "metrics and alarms"
	events      subject = "access events"
	gateways    subject = "gateways and names"
	links       subject = "the way from clients"
	setup       subject = "setting an account up for BYOL"
	commitments subject = "commitments"
	upgrades    subject = "upgrades in place"
	waits       subject = "waits"
	outcomes    subject = "what a migration makes of a WorkSpace"
	policies    subject = "policies"
	trust       subject = "certificates of devices"
	companies   subject = "names of organizations"
	selfService subject = "what users do for themselves"
	symptoms    subject = "symptoms"
)

// subjectsOf says what each question of the packages of rules is about.
var subjectsOf = map[string][]subject{
	"bundles.Calendar":                  {endings},
	"bundles.CheckBundle":               {sizes, tagging, naming, places, endings},
	"bundles.CheckClientExperience":     {clients, pools},
	"bundles.CheckDesktop":              {offers, endings, places, sizes, modes},
	"bundles.CheckID":                   {naming},
	"bundles.CheckImageOrigin":          {images, states, secrets, linux},
	"bundles.CheckModify":               {offers, endings, places, sizes, states, modes},
	"bundles.CheckName":                 {naming},
	"bundles.CheckNestedVirtualization": {nested, places, standbys, regionForms},
	"bundles.CheckOffer":                {offers, endings},
	"bundles.CheckOperation":            {states, snapshots, standbys},
	"bundles.CheckOrganizationName":     {companies},
	"bundles.CheckPassword":             {passwords},
	"bundles.CheckPools":                {pools, endings},
	"bundles.CheckQuota":                {quotas, pools},
	"bundles.CheckRADIUS":               {mfa},
	"bundles.CheckRegion":               {places, regionForms},
	"bundles.CheckRequest":              {offers, endings, places, sizes, tagging, naming, users, secrets, regionForms},
	"bundles.CheckRequests":             {offers, endings, places, sizes, tagging, naming, users, secrets, regionForms},
	"bundles.CheckResize":               {sizes, states},
	"bundles.CheckRunningMode":          {modes},
	"bundles.CheckSelfService":          {selfService, sizes, states, modes},
	"bundles.CheckSimpleAD":             {directories},
	"bundles.CheckStandby":              {standbys, places, directories, regionForms},
	"bundles.CheckSwitch":               {offers, endings, places, states},
	"bundles.CheckTags":                 {tagging},
	"bundles.CheckUserName":             {users},
	"bundles.CheckVolumes":              {sizes},
	"bundles.ComputeTypes":              {offers, endings},
	"bundles.ImageRequirements":         {images, linux},
	"bundles.ImageTests":                {images},
	"bundles.NextMaintenance":           {maintenance},
	"bundles.Offers":                    {offers, endings},
	"bundles.PlanModify":                {offers, sizes, states},
	"bundles.PlanResize":                {sizes, states},
	"bundles.Quotas":                    {quotas},
	"bundles.Sizes":                     {sizes},
	"bundles.Wait":                      {waits},

	"encryption.CheckChange":   {secrets},
	"encryption.CheckGrants":   {grants, quotas},
	"encryption.CheckKey":      {secrets},
	"encryption.CheckUse":      {secrets, standbys, regionForms},
	"encryption.Grants":        {grants},
	"encryption.IAMPolicy":     {policies},
	"encryption.KeyPolicy":     {policies},
	"encryption.Limits":        {grants, quotas},
	"encryption.MaxWorkSpaces": {grants, quotas},
	"encryption.Shard":         {grants, quotas},

	"migrate.Check":        {offers, endings, places, nested, directories, regionForms},
	"migrate.CheckReady":   {states, snapshots, standbys, maintenance, grants, addresses, directories},
	"migrate.Classify":     {outcomes},
	"migrate.Effects":      {outcomes, linux},
	"migrate.MovedFolders": {outcomes},
	"migrate.NewPlan":      {offers, endings, places, nested, directories, grants, addresses},
	"migrate.Outcome":      {sizes, snapshots, outcomes},
	"migrate.TaskCitation": {outcomes},

	"byol.CheckCopy":         {naming, tagging, quotas, regionForms},
	"byol.CheckCustomImport": {offers, naming, tagging, quotas, secrets},
	"byol.CheckDirectory":    {directories},
	"byol.CheckImport":       {offers, endings, naming, tagging, quotas, secrets, office},
	"byol.CheckLink":         {setup, ranges},
	"byol.CheckMachine":      {images},
	"byol.CheckRegistry":     {upgrades},
	"byol.CheckShare":        {naming},
	"byol.CheckWindows":      {offers, endings},
	"byol.Checklist":         {offers, places, directories, commitments, ranges, office, setup},
	"byol.ImageErrors":       {images},
	"byol.IngestionTime":     {waits},
	"byol.LinkActions":       {setup},
	"byol.MachineChecklist":  {images},
	"byol.PlanUpgrade":       {upgrades, modes},
	"byol.Policy":            {policies},
	"byol.RunChecker":        {images},
	"byol.Statements":        {setup, policies},
	"byol.Steps":             {setup},

	"monitor.CheckAlarm":        {metrics, modes},
	"monitor.CheckLogin":        {deviceTypes, clients, ipGroups},
	"monitor.CheckPattern":      {events},
	"monitor.CheckQuery":        {metrics, modes},
	"monitor.Metrics":           {metrics, modes, pools},
	"monitor.ParseLogin":        {events},
	"monitor.Pattern":           {events},
	"monitor.Prerequisite":      {metrics, openPorts},
	"monitor.ReadLogins":        {events},
	"monitor.RecommendedAlarms": {metrics, modes},
	"monitor.Report":            {events},
	"monitor.SAMLClients":       {clients},
	"monitor.WouldRefuse":       {deviceTypes, clients, ipGroups},

	"devices.CheckAccess":            {deviceTypes, directories},
	"devices.CheckClientVersion":     {clients},
	"devices.CheckDeviceCertificate": {trust, directories},
	"devices.CheckFIPS":              {fips, regionForms},
	"devices.CheckRootCertificates":  {trust},
	"devices.CheckZeroClient":        {endings, mfa},
	"devices.DeviceTypes":            {deviceTypes},

	"network.CheckAddresses":           {addresses},
	"network.CheckClientLink":          {links},
	"network.CheckDirectoryFeatures":   {fips, ipGroups},
	"network.CheckDomains":             {gateways, fips, openPorts},
	"network.CheckFirewall":            {gateways, fips, openPorts},
	"network.CheckIPGroupAssociation":  {ipGroups, quotas},
	"network.CheckIPGroupUpdate":       {ipGroups, quotas},
	"network.CheckIPGroups":            {ipGroups, quotas},
	"network.CheckManagementCIDR":      {ranges},
	"network.CheckRegistration":        {ranges, regionForms},
	"network.CheckSSH":                 {linux, states},
	"network.CheckSecurityGroup":       {openPorts, directories},
	"network.CheckSubnets":             {pools, regionForms},
	"network.FreeManagementCIDRs":      {ranges},
	"network.FreeManagementCIDRsIn":    {ranges},
	"network.IPAccess":                 {ipGroups},
	"network.IPGroupQuotas":            {ipGroups, quotas},
	"network.LaunchWithIPv6AutoAssign": {ipv6},
	"network.ManagementCIDRParents":    {ranges},
	"network.ManagementRanges":         {ranges, pools, regionForms},
	"network.OfficeKMS":                {office},
	"network.Ports":                    {openPorts, pools},
	"network.ProposeManagementCIDRs":   {ranges},
	"network.RoundTripQuality":         {links},
	"network.Zones":                    {pools, regionForms},

	"troubleshoot.Diagnose": {nested, directories, users, passwords, deviceTypes, clients, ipGroups, openPorts, ipv6, modes},
	"troubleshoot.Find":     {symptoms},
	"troubleshoot.Symptom":  {symptoms},
	"troubleshoot.Symptoms": {symptoms},
}

// freeQuestion is a function that answers and is no method, as docs/api.txt lists it.
var freeQuestion = regexp.MustCompile(`^func ([A-Z]\w*)\(.*\) \(?rule\.Answer\b`)

// questions are all that the packages of rules can be asked: the methods of the Rules of each package that wks.Rules
// has, and the functions that return an answer.
func questions(t *testing.T) (list []string) {
	all := reflect.TypeFor[wks.Rules]()
	of := map[string]bool{}
	for i := range all.NumField() {
		rules := all.Field(i).Type
		name := path.Base(rules.PkgPath())
		of[name] = true
		for m := range rules.Methods() {
			if m.Name != "Edition" && m.Name != "Day" && m.Name != "AsOf" {
				list = append(list, name+"."+m.Name)
			}
		}
	}
	api, err := os.ReadFile("docs/api.txt")
	if err != nil {
		t.Fatal(err)
	}
	name := ""
	for line := range strings.Lines(string(api)) {
		if rest, ok := strings.CutPrefix(line, "# "); ok {
			name = path.Base(strings.TrimSpace(rest))
		}
		if f := freeQuestion.FindStringSubmatch(line); f != nil && of[name] {
			list = append(list, name+"."+f[1])
		}
	}
	slices.Sort(list)
	return list
}

// Each question has its subjects, and each subject a question.
func TestEveryQuestionHasItsSubjects(t *testing.T) {
	all := questions(t)
	if len(all) < 100 {
		t.Fatalf("%d questions", len(all))
	}
	for _, q := range all {
		if len(subjectsOf[q]) == 0 {
			t.Errorf("%s is about no subject", q)
		}
		if list := slices.Clone(subjectsOf[q]); len(list) != len(slices.Compact(slices.Sorted(slices.Values(list)))) {
			t.Errorf("%s has a subject twice", q)
		}
	}
	for q := range subjectsOf {
		if !slices.Contains(all, q) {
			t.Errorf("%s is no question", q)
		}
	}
}

// asked returns the questions that are about a subject, sorted.
func asked(s subject) (list []string) {
	for q := range maps.Keys(subjectsOf) {
		if slices.Contains(subjectsOf[q], s) {
			list = append(list, q)
		}
	}
	slices.Sort(list)
	return list
}

// packageOf is the package of a question.
func packageOf(question string) string {
	name, _, _ := strings.Cut(question, ".")
	return name
}
