#!/usr/bin/env bash
# Package:  moto 5.2.5 (PyPI), its server, with boto3 1.43.106
# Expected: AWS::NoValue as an element of a list leaves the element out, as CloudFormation does: a statement of a policy that depends on a
#           condition is simply not there.
# Seen:     null stays in its place, and a managed policy with it is refused: MalformedPolicyDocument.
# Matters:  a template that AWS takes cannot be applied in tests.
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
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()


def client(service):
    return boto3.client(service, endpoint_url="http://127.0.0.1:%d" % server.get_host_and_port()[1],
                        region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")


def statement(action):
    return {"Effect": "Allow", "Action": action, "Resource": "*"}


def create(name, second):
    document = {"Version": "2012-10-17", "Statement": [
        statement("sqs:ListQueues"), {"Fn::If": ["Always", second, {"Ref": "AWS::NoValue"}]}]}
    template = {
        "Parameters": {"Extra": {"Type": "String", "Default": "no"}},
        "Conditions": {"Always": {"Fn::Equals": [{"Ref": "Extra"}, "no"]}},
        "Resources": {"Policy": {"Type": "AWS::IAM::ManagedPolicy",
                                 "Properties": {"ManagedPolicyName": name, "PolicyDocument": document}}}}
    try:
        client("cloudformation").create_stack(StackName=name, TemplateBody=json.dumps(template),
                                              Capabilities=["CAPABILITY_NAMED_IAM"])
        return "created"
    except ClientError as refused:
        return refused.response["Error"]["Code"]


try:
    seen = {"a statement": create("a", statement("sns:ListTopics")), "AWS::NoValue": create("b", {"Ref": "AWS::NoValue"})}
finally:
    server.stop()
for second, answer in seen.items():
    print("a policy whose second statement is %s: %s" % (second, answer))
sys.exit(0 if seen == {"a statement": "created", "AWS::NoValue": "MalformedPolicyDocument"} else "it is otherwise now")
PYTHON
