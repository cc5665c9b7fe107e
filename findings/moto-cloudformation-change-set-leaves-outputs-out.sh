#!/usr/bin/env bash
# Package:  moto 5.2.5 (PyPI), its server, with boto3 1.43.106
# Expected: a stack has the outputs of its template, whether CreateStack or a change set made it. `aws cloudformation deploy` uses change sets.
# Seen:     a stack that a change set made has no outputs; and one that a change set updated has the outputs of the template before.
# Matters:  a script that deploys a stack and reads an output of it gets nothing, and goes on with "None".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check 'moto[cloudformation,sqs]==5.2.5' boto3==1.43.106 flask==3.1.3 flask-cors==6.0.5

"$dir/venv/bin/python" - <<'PYTHON'
import json
import logging
import sys

import boto3
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
stacks = boto3.client("cloudformation", endpoint_url="http://127.0.0.1:%d" % server.get_host_and_port()[1],
                      region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")


def template(*outputs):
    return json.dumps({"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}},
                       "Outputs": {name: {"Value": {"Fn::GetAtt": ["Queue", "Arn"]}} for name in outputs}})


def change(stack, kind, body):
    made = stacks.create_change_set(StackName=stack, ChangeSetName=stack + kind, ChangeSetType=kind, TemplateBody=body)
    stacks.execute_change_set(ChangeSetName=made["Id"])


def outputs(stack):
    described = stacks.describe_stacks(StackName=stack)["Stacks"][0]
    return described["StackStatus"], sorted(output["OutputKey"] for output in described.get("Outputs", []))


seen = {}
try:
    stacks.create_stack(StackName="a", TemplateBody=template("First"))
    seen["CreateStack"] = outputs("a")
    change("b", "CREATE", template("First"))
    seen["a change set that creates"] = outputs("b")
    change("a", "UPDATE", template("First", "Second"))
    seen["a change set that adds an output"] = outputs("a")
finally:
    server.stop()
for way, answer in seen.items():
    print("after %s: %s, outputs %s" % (way, *answer))
sys.exit(0 if list(seen.values()) == [("CREATE_COMPLETE", ["First"]), ("CREATE_COMPLETE", []), ("UPDATE_COMPLETE", ["First"])]
         else "it is otherwise now")
PYTHON
