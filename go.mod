module github.com/wksgo/wks

go 1.26

require (
	github.com/aws/aws-sdk-go-v2/service/workspaces v1.68.3
	pgregory.net/rapid v1.3.0
)

require github.com/aws/smithy-go v1.28.8 // indirect
