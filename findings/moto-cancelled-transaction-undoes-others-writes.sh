#!/usr/bin/env bash
# Package:  moto 5.2.5 (PyPI), its server, with boto3 1.43.106
# Expected: a TransactWriteItems that is cancelled changes nothing. What others wrote meanwhile, and were told is written, stays.
# Seen:     it puts back the whole table as it was when the transaction began: increments of an item that the transaction does not
#           even name are acknowledged, and gone afterwards.
# Matters:  tests with several writers of one table (optimistic locking, ledgers, counters) lose writes at random, which looks like a
#           fault of the code under test.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check 'moto[dynamodb]==5.2.5' boto3==1.43.106 flask==3.1.3 flask-cors==6.0.5

"$dir/venv/bin/python" - <<'PYTHON'
import logging
import sys
import threading
import time

import boto3
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()


def client():
    return boto3.client("dynamodb", endpoint_url="http://127.0.0.1:%d" % server.get_host_and_port()[1],
                        region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")


dynamodb = client()
try:
    dynamodb.create_table(TableName="t", BillingMode="PAY_PER_REQUEST",
                          AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
                          KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}])
    dynamodb.put_item(TableName="t", Item={"pk": {"S": "counter"}, "n": {"N": "0"}})
    for page in range(40):  # 1,000 items that nobody touches again
        dynamodb.batch_write_item(RequestItems={"t": [
            {"PutRequest": {"Item": {"pk": {"S": "item-%d-%d" % (page, n)}}}} for n in range(25)]})

    acknowledged = 0
    done = threading.Event()

    def count():
        global acknowledged
        writer = client()
        while not done.is_set():
            writer.update_item(TableName="t", Key={"pk": {"S": "counter"}}, UpdateExpression="ADD n :one",
                               ExpressionAttributeValues={":one": {"N": "1"}})
            acknowledged += 1

    def counted():
        return int(dynamodb.get_item(TableName="t", Key={"pk": {"S": "counter"}}, ConsistentRead=True)["Item"]["n"]["N"])

    counter = threading.Thread(target=count)
    counter.start()
    cancelled = 0
    end = time.monotonic() + 60
    while time.monotonic() < end and cancelled < 20:
        try:
            dynamodb.transact_write_items(TransactItems=[
                {"Put": {"TableName": "t", "Item": {"pk": {"S": "item-0-0"}}, "ConditionExpression": "attribute_not_exists(pk)"}}])
        except dynamodb.exceptions.TransactionCanceledException:
            cancelled += 1
    done.set()
    counter.join()
    print("increments of another item that were acknowledged:", acknowledged)
    print("transactions cancelled meanwhile:", cancelled)
    print("the item says:", counted())
    as_described = cancelled > 0 and counted() < acknowledged
finally:
    server.stop()
print("as described" if as_described else "CHANGED: no write was lost")
sys.exit(not as_described)
PYTHON
