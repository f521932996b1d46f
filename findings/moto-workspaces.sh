#!/usr/bin/env bash
# moto's WorkSpaces takes and leaves out what the service does not.
#
# moto 5.2.1 in its server mode, asked by boto3: a WorkSpace with a root volume of 10 GiB is made, and so is a
# second one for the same user of the directory; DescribeWorkspaces ignores Limit and gives no NextToken, so that
# a test of a program's paging passes without paging; DescribeWorkspaceBundles, which Terraform's first data source
# and most programs need, is not there: status 500. The service's documents say: 80 GiB at least, one WorkSpace for each user
# of a directory, pages of at most 25.
#
# Needs python3 with venv and pip, or MOTO=/folder with moto_server and python3 of moto 5.2.1. Prints what it
# sees; fails if that changes.
set -euo pipefail
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid"; rm -rf "$work"' EXIT
if [ -z "${MOTO:-}" ]; then
	python3 -m venv "$work/venv"
	MOTO=$work/venv/bin
	"$MOTO/pip" install -q 'moto[server,ec2,ds]==5.2.1' 'boto3==1.43.11'
fi
"$MOTO/python3" -c 'import moto; assert moto.__version__ == "5.2.1", moto.__version__'
"$MOTO/moto_server" -H 127.0.0.1 -p 4777 >"$work/log" 2>&1 &
pid=$!
for _ in $(seq 150); do
	(: >/dev/tcp/127.0.0.1/4777) 2>/dev/null && break
	sleep 0.2
done
"$MOTO/python3" - >"$work/out" <<'PY'
import boto3, botocore
o = dict(endpoint_url='http://127.0.0.1:4777', region_name='eu-west-1', aws_access_key_id='AKIDEXAMPLE', aws_secret_access_key='SECRET')
ec2, w = boto3.client('ec2', **o), boto3.client('workspaces', **o)
vpc = ec2.create_vpc(CidrBlock='10.0.0.0/16')['Vpc']['VpcId']
nets = [ec2.create_subnet(VpcId=vpc, CidrBlock='10.0.%d.0/24' % i, AvailabilityZone='eu-west-1' + 'ab'[i])['Subnet']['SubnetId'] for i in (0, 1)]
d = boto3.client('ds', **o).create_directory(Name='corp.example.com', Password='Not-a-secret-1', Size='Small', VpcSettings=dict(VpcId=vpc, SubnetIds=nets))['DirectoryId']
w.register_workspace_directory(DirectoryId=d)
ask = dict(DirectoryId=d, BundleId='wsb-12345678', UserName='ada', WorkspaceProperties=dict(RootVolumeSizeGib=10))
for _ in range(30):
    r = w.create_workspaces(Workspaces=[ask])
print('30 WorkSpaces of 10 GiB for one user: failed', len(r['FailedRequests']))
r = w.describe_workspaces(Limit=25)
print('Limit 25:', len(r['Workspaces']), 'WorkSpaces, NextToken', r.get('NextToken'))
try:
    w.describe_workspace_bundles(Owner='AMAZON')
    print('bundles')
except botocore.exceptions.ClientError as e:
    print('DescribeWorkspaceBundles:', e.response['ResponseMetadata']['HTTPStatusCode'])
PY
cat "$work/out"
diff "$work/out" - <<'WANT'
30 WorkSpaces of 10 GiB for one user: failed 0
Limit 25: 30 WorkSpaces, NextToken None
DescribeWorkspaceBundles: 500
WANT
