#!/usr/bin/env bash
# Package:  moto 5.2.5 (PyPI), its server, with boto3 1.43.106
# Expected: a long poll at a FIFO queue is answered as soon as a message can be had: here when the message before it in its group
#           has been deleted.
# Seen:     a poll that began while the group was locked notes that once and passes the group over until its time is up. It ends
#           empty, although a poll that begins at that moment gets the message at once.
# Matters:  with the usual wait of 20 s, a consumer with several pollers takes 20 s for each further message of a group. Tests
#           that pass in seconds on SQS take minutes or time out.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check moto==5.2.5 boto3==1.43.106 flask==3.1.3 flask-cors==6.0.5

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
try:
    sqs = boto3.client("sqs", endpoint_url="http://127.0.0.1:%d" % server.get_host_and_port()[1],
                       region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    queue = sqs.create_queue(QueueName="q.fifo", Attributes={
        "FifoQueue": "true", "ContentBasedDeduplication": "true", "VisibilityTimeout": "60"})["QueueUrl"]
    for body in ("first", "second"):
        sqs.send_message(QueueUrl=queue, MessageGroupId="g", MessageBody=body)
    first = sqs.receive_message(QueueUrl=queue)["Messages"][0]

    polled = {}

    def poll():
        begun = time.monotonic()
        polled["messages"] = [m["Body"] for m in sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=10).get("Messages", [])]
        polled["took"] = time.monotonic() - begun

    poller = threading.Thread(target=poll)
    poller.start()
    time.sleep(2)  # by now the poll waits
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=first["ReceiptHandle"])
    print("2 s after a long poll of 10 s began, the first message was deleted")
    poller.join()
    print("the long poll took %.0f s and got %s" % (polled["took"], polled["messages"]))
    after = [m["Body"] for m in sqs.receive_message(QueueUrl=queue).get("Messages", [])]
    print("a poll that begins now gets", after)
    as_described = polled["messages"] == [] and polled["took"] > 9 and after == ["second"]
finally:
    server.stop()
print("as described" if as_described else "CHANGED: the long poll saw the group become free")
sys.exit(not as_described)
PYTHON
