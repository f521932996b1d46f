package migratetest_test

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate/migratetest"
)

// The service loses the answer of a request that it has accepted: who asks again by the
// error alone migrates twice.
func ExampleService() {
	clock := migratetest.NewClock(time.Date(2026, 9, 9, 18, 0, 0, 0, time.UTC))
	service := migratetest.New(clock.Now)
	service.Add(types.Workspace{
		WorkspaceId: aws.String("ws-00000001a"), BundleId: aws.String("wsb-0000old16"), DirectoryId: aws.String("d-0123456789"),
		UserName: aws.String("jdoe"), State: types.WorkspaceStateAvailable,
	}, migratetest.LoseAccepted)
	_, err := service.MigrateWorkspace(context.Background(), &workspaces.MigrateWorkspaceInput{
		SourceWorkspaceId: aws.String("ws-00000001a"), BundleId: aws.String("wsb-0000new25"),
	})
	fmt.Println("an error:", err != nil)
	fmt.Println("accepted:", service.Accepted("ws-00000001a"))
	// Output:
	// an error: true
	// accepted: 1
}
