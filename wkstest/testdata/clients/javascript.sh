#!/usr/bin/env bash
# The AWS SDK for JavaScript (npm, VERSION) against wks serve. Needs node, npm and go. Prints what it
# finds; ends with status 1 if that is not what is wanted.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT
(cd "$here/../../.." && go build -o "$work/wks" ./cmd/wks)
"$work/wks" serve --listen 127.0.0.1:4767 --speed 100000 >"$work/serve.log" 2>&1 &
pid=$!
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund "@aws-sdk/client-workspaces@${VERSION:-latest}"
cat >main.mjs <<'JS'
import * as w from '@aws-sdk/client-workspaces';
const c = new w.WorkSpacesClient({ endpoint: 'http://127.0.0.1:4767', region: 'eu-west-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'SECRET' }, maxAttempts: 1 });
const [DirectoryId, BundleId] = ['d-9067000001', 'wsb-standardwindowsserver2022wsp'];
const ask = (user, more) => ({ DirectoryId, BundleId, UserName: user, ...more });
const out = await c.send(new w.CreateWorkspacesCommand({ Workspaces: [ask('ada'), ask('grace', { WorkspaceProperties: { RootVolumeSizeGib: 80, UserVolumeSizeGib: 200 } })] }));
console.log(out.PendingRequests.length, out.FailedRequests[0].ErrorMessage.replace(/.*\[/, '['));
await new Promise((r) => setTimeout(r, 200));
let states = [];
for await (const p of w.paginateDescribeWorkspaces({ client: c }, {})) states.push(...p.Workspaces.map((x) => x.State));
console.log(states.join());
let bundles = 0;
for await (const p of w.paginateDescribeWorkspaceBundles({ client: c }, { Owner: 'AMAZON' })) bundles += p.Bundles.length;
console.log(bundles > 50);
try {
  await c.send(new w.DescribeTagsCommand({ ResourceId: 'ws-00000000' }));
} catch (e) {
  console.log(e instanceof w.ResourceNotFoundException, e.$metadata.requestId.length);
}
const g = await c.send(new w.CreateIpGroupCommand({ GroupName: 'office', UserRules: [{ ipRule: '203.0.113.0/24' }] }));
const d = await c.send(new w.DescribeIpGroupsCommand({ GroupIds: [g.GroupId] }));
console.log(d.Result[0].userRules[0].ipRule);
const b = await c.send(new w.DescribeWorkspaceBundlesCommand({ BundleIds: [BundleId] }));
console.log(b.Bundles[0].CreationTime.toISOString());
JS
node main.mjs | tee out
diff out - <<'WANT'
1 [bundles.volume-pair-not-in-group]
AVAILABLE
true
true 36
203.0.113.0/24
2024-01-01T00:00:00.000Z
WANT
npm ls --depth 0 2>/dev/null | grep client-workspaces
node --version
