"""60 calls of the AWS CLI from 8 workers. Each call is the CLI's own in a process of its own, forked from one
that has loaded the CLI: on few cores its start, not the quota, would limit the calls. Runs on the CLI's
Python; AWS_RETRY_MODE is the mode of retries."""
import os
import sys

import awscli.clidriver

CALLS, WORKERS = 60, 8


def call(i):
    """Returns the status of one call."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(driver.main(["--endpoint-url", os.environ["AWS_ENDPOINT_URL"], "workspaces", "describe-workspaces",
                              "--workspace-ids", "ws-%09d" % i]))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


driver = awscli.clidriver.create_clidriver()
driver.session.get_service_model("workspaces")
queue, fill = os.pipe()
os.write(fill, bytes(range(1, CALLS + 1)))
os.close(fill)
for _ in range(WORKERS):
    if os.fork() == 0:
        failed = 0
        while number := os.read(queue, 1):
            failed += call(number[0]) != 0
        os._exit(min(failed, 1))
sys.exit(max(os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(WORKERS)))
