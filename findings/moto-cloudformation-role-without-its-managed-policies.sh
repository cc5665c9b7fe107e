#!/usr/bin/env bash
# Package:  moto 5.2.5 (PyPI), its server, with boto3 1.43.106
# Expected: a role that a stack makes has the policies of its ManagedPolicyArns attached, as it has its inline Policies.
# Seen:     the inline policies are there, and no managed policy is attached. The stack is CREATE_COMPLETE.
# Matters:  tests of a template's permissions pass on a role that may do nothing, or fail for a reason that is not in the template.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check 'moto[cloudformation,iam]==5.2.5' boto3==1.43.106 flask==3.1.3 flask-cors==6.0.5

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


def document(**statement):
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]}


template = {"Resources": {
    "Queues": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {
        "ManagedPolicyName": "queues", "PolicyDocument": document(Action="sqs:ListQueues", Resource="*")}},
    "Role": {"Type": "AWS::IAM::Role", "Properties": {
        "RoleName": "worker", "ManagedPolicyArns": [{"Ref": "Queues"}],
        "Policies": [{"PolicyName": "topics", "PolicyDocument": document(Action="sns:ListTopics", Resource="*")}],
        "AssumeRolePolicyDocument": document(Action="sts:AssumeRole", Principal={"Service": "ec2.amazonaws.com"})}}}}
try:
    stacks, iam = client("cloudformation"), client("iam")
    stacks.create_stack(StackName="a", TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_NAMED_IAM"])
    seen = {"stack": stacks.describe_stacks(StackName="a")["Stacks"][0]["StackStatus"],
            "managed policies": [each["PolicyName"] for each in iam.list_policies(Scope="Local")["Policies"]],
            "inline": iam.list_role_policies(RoleName="worker")["PolicyNames"],
            "attached": [each["PolicyName"] for each in iam.list_attached_role_policies(RoleName="worker")["AttachedPolicies"]]}
finally:
    server.stop()
print(seen)
sys.exit(0 if seen == {"stack": "CREATE_COMPLETE", "managed policies": ["queues"], "inline": ["topics"], "attached": []}
         else "it is otherwise now")
PYTHON
