#!/usr/bin/env bash
# Package:  moto 5.2.5 (PyPI), with boto3 1.43.106
# Expected: TransactGetItems takes up to 100 items, as DynamoDB does since September 2022, and as moto's TransactWriteItems does.
# Seen:     26 items are refused: "Member must have length less than or equal to 25".
# Matters:  valid code fails its tests. Who believes the emulator splits what DynamoDB reads in one transaction, and so gives up
#           that all items are read as of one moment.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check 'moto[dynamodb]==5.2.5' boto3==1.43.106

"$dir/venv/bin/python" - <<'PYTHON'
import sys

import boto3
from botocore.exceptions import ClientError
from moto import mock_aws

with mock_aws():
    dynamodb = boto3.client("dynamodb", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    dynamodb.create_table(TableName="t", BillingMode="PAY_PER_REQUEST",
                          AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
                          KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}])

    def write(count):
        dynamodb.transact_write_items(TransactItems=[
            {"Put": {"TableName": "t", "Item": {"pk": {"S": str(n)}}}} for n in range(count)])

    def read(count):
        return len(dynamodb.transact_get_items(TransactItems=[
            {"Get": {"TableName": "t", "Key": {"pk": {"S": str(n)}}}} for n in range(count)])["Responses"])

    write(100)
    print("TransactWriteItems with 100 items: accepted")
    print("TransactGetItems with 25 items:", read(25), "items")
    refusal = ""
    try:
        print("TransactGetItems with 26 items:", read(26), "items")
    except ClientError as e:
        refusal = e.response["Error"]["Code"] + ": ..." + e.response["Error"]["Message"][-110:]
        print("TransactGetItems with 26 items:", refusal)
as_described = refusal.startswith("ValidationException") and "less than or equal to 25" in refusal
print("as described" if as_described else "CHANGED: 26 items are not refused so")
sys.exit(not as_described)
PYTHON
