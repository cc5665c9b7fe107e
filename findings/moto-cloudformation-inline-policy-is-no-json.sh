#!/usr/bin/env bash
# Package:  moto 5.2.5 (PyPI), its server, with boto3 1.43.106
# Expected: the inline policy of a role that CloudFormation made is read back by GetRolePolicy as a JSON document, as one that was put by
#           PutRolePolicy.
# Seen:     it is Python's text of a dictionary, with single quotes: no JSON parser takes it. boto3 hands the text on; it parses the other one.
# Matters:  whoever compares roles with their templates, or looks for drift, cannot read these policies.
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


document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*"}]}
trust = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
template = {"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": {
    "RoleName": "reader", "AssumeRolePolicyDocument": trust, "Policies": [{"PolicyName": "stack", "PolicyDocument": document}]}}}}
try:
    client("cloudformation").create_stack(StackName="s", TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_NAMED_IAM"])
    iam = client("iam")
    iam.put_role_policy(RoleName="reader", PolicyName="put", PolicyDocument=json.dumps(document))
    seen = {name: iam.get_role_policy(RoleName="reader", PolicyName=name)["PolicyDocument"] for name in ("put", "stack")}
finally:
    server.stop()
for name, policy in seen.items():
    print("%-5s %s %s" % (name, type(policy).__name__, policy))
sys.exit(0 if seen == {"put": document, "stack": str(document)} else "it is otherwise now")
PYTHON
