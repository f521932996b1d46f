package troubleshoot_test

import (
	"fmt"

	"github.com/wksgo/wks/troubleshoot"
)

// A user writes what the client says. The administrator knows the directory, and has asked for the user's address.
func Example() {
	rules := troubleshoot.Newest()
	matches, err := rules.Find("help!! This devise is not authorised to acces my workspace, since I am at home")
	if err != nil || len(matches) == 0 {
		fmt.Println("not found", err)
		return
	}
	symptom := matches[0].Symptom
	fmt.Println(symptom.Key)
	for _, access := range []string{"", "ALLOW"} {
		d, err := rules.Diagnose(symptom.Key, troubleshoot.Facts{
			DeviceAccess: access,
			Answers:      map[troubleshoot.Question]bool{troubleshoot.IPGroupsAssigned: true, troubleshoot.ClientAddressAdmitted: false},
		})
		fmt.Println(d.Verdict, err)
		for _, c := range d.Causes {
			fmt.Println(" ", c.Status, c.Code)
		}
		if d.Next != nil {
			fmt.Println("  next:", d.Next.Text)
		}
	}
	// Output:
	// device-not-authorized
	// denied <nil>
	//   shown troubleshoot.client-address-not-admitted
	//   open troubleshoot.device-not-trusted
	//   open troubleshoot.device-type-not-admitted
	//   next: Which devices of the user's type does the directory admit: all (ALLOW), trusted ones (TRUST) or none (DENY)?
	// denied <nil>
	//   shown troubleshoot.client-address-not-admitted
	//   ruled out troubleshoot.device-not-trusted
	//   ruled out troubleshoot.device-type-not-admitted
}

// What an error of the API means, and what of this module asks about it.
func ExampleRules_Symptom() {
	s, err := troubleshoot.Newest().Symptom("UnsupportedNetworkConfigurationException")
	fmt.Println(s.Title, err)
	for _, c := range s.Checks {
		fmt.Println(c.Code)
	}
	// Output:
	// The configuration of the network is not supported for the operation, or collides with the management range. <nil>
	// network.management-ranges-exhausted
	// network.subnet-zone-unsupported
	// network.subnets-in-one-zone
}

// The chapter in an edition: what it has of a symptom, in the order in which to ask.
func ExampleRules_Diagnose() {
	d, err := troubleshoot.Newest().Diagnose("state-unhealthy", troubleshoot.Facts{Answers: map[troubleshoot.Question]bool{troubleshoot.CPUHigh: false}})
	fmt.Println(d.Verdict, err)
	for _, c := range d.Causes {
		fmt.Println(c.Status, c.Title)
	}
	fmt.Println(d.Next.Test)
	// Output:
	// undocumented <nil>
	// open An application on the WorkSpace blocks ports, and the status requests of the service get no answer.
	// ruled out The CPU of the WorkSpace is so busy that answers to the status requests of the service are late.
	// open The service SkyLightWorkSpacesConfigService does not answer health checks.
	// Connect by RDP from another WorkSpace of the directory, and compare the open ports with the guide's list.
}
