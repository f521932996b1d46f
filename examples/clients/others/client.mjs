// The SDK for JavaScript. Its argument is the mode of retries.
import { WorkSpacesClient, DescribeWorkspacesCommand, paginateDescribeWorkspaces } from "@aws-sdk/client-workspaces";

const client = new WorkSpacesClient({ retryMode: process.argv[2], endpoint: process.env.AWS_ENDPOINT_URL });
let failed = 0;
if (process.env.WKS_JOB === "listing") {
  for await (const page of paginateDescribeWorkspaces({ client, pageSize: 25 }, {})) void page;
} else {
  let next = 1;
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (next <= 60) {
      const id = "ws-" + String(next++).padStart(9, "0");
      try {
        await client.send(new DescribeWorkspacesCommand({ WorkspaceIds: [id] }));
      } catch {
        failed++;
      }
    }
  }));
}
process.exitCode = failed ? 1 : 0;
