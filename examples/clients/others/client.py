"""boto3. Its argument is the mode of retries."""
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

client = boto3.client("workspaces", endpoint_url=os.environ["AWS_ENDPOINT_URL"],
                      config=Config(retries={"mode": sys.argv[1]}, max_pool_connections=8))


def call(i):
    try:
        client.describe_workspaces(WorkspaceIds=["ws-%09d" % i])
        return 0
    except Exception:
        return 1


if os.environ["WKS_JOB"] == "listing":
    for page in client.get_paginator("describe_workspaces").paginate(Limit=25):
        pass
else:
    with ThreadPoolExecutor(8) as pool:
        sys.exit(min(sum(pool.map(call, range(1, 61))), 1))
