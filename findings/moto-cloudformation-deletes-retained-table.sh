#!/usr/bin/env bash
# Package:  moto 5.2.5 (PyPI), its server, with boto3 1.43.106
# Expected: a resource with DeletionPolicy RetainExceptOnCreate outlives the deletion of its stack; only the rollback of the stack's own
#           creation may delete it. moto knows Retain, and keeps such a table.
# Seen:     the table is deleted with its stack.
# Matters:  a test that a stack's data survives its deletion fails, or the template is written with Retain for the emulator's sake, which
#           leaves an empty table behind each failed creation.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check 'moto[cloudformation,dynamodb]==5.2.5' boto3==1.43.106 flask==3.1.3 flask-cors==6.0.5

"$dir/venv/bin/python" - <<'PYTHON'
import json
import logging
import sys

import boto3
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()


def client(service):
    return boto3.client(service, endpoint_url="http://127.0.0.1:%d" % server.get_host_and_port()[1],
                        region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")


def survives(policy):
    table = {"Type": "AWS::DynamoDB::Table", "DeletionPolicy": policy, "UpdateReplacePolicy": "Retain",
             "Properties": {"TableName": policy, "BillingMode": "PAY_PER_REQUEST",
                            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}}
    cloudformation = client("cloudformation")
    cloudformation.create_stack(StackName=policy, TemplateBody=json.dumps({"Resources": {"Table": table}}))
    assert policy in client("dynamodb").list_tables()["TableNames"], "the stack made no table"
    cloudformation.delete_stack(StackName=policy)
    return policy in client("dynamodb").list_tables()["TableNames"]


try:
    seen = {policy: survives(policy) for policy in ("Delete", "Retain", "RetainExceptOnCreate")}
finally:
    server.stop()
for policy, survived in seen.items():
    print("DeletionPolicy %-21s the table is %s after delete_stack" % (policy + ":", "there" if survived else "gone"))
sys.exit(0 if seen == {"Delete": False, "Retain": True, "RetainExceptOnCreate": False} else "it is otherwise now")
PYTHON
