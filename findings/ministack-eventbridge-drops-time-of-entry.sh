#!/usr/bin/env bash
# Package:  ministack 1.5.33 (PyPI), with boto3 1.43.106
# Expected: an event that is put with a Time (PutEvents: "The time stamp of the event, per RFC3339") reaches its targets with that time.
# Seen:     it has the time of the call.
# Matters:  consumers that order by the event's own time, or look for late events, are tested with times that nobody sent: events
#           put in another order than they happened look as if they had happened in that order.
set -euo pipefail
dir=$(mktemp -d)
server=''
# shellcheck disable=SC2317,SC2329 # the trap calls it
finish() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$dir"
}
trap finish EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check ministack==1.5.33 boto3==1.43.106

port=$("$dir/venv/bin/python" -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
BIND_HOST=127.0.0.1 MINISTACK_HOST=127.0.0.1 GATEWAY_PORT=$port TMPDIR=$dir \
  "$dir/venv/bin/python" -m ministack >"$dir/log" 2>&1 &
server=$!

"$dir/venv/bin/python" - "$port" <<'PYTHON'
import json
import socket
import sys
import time
from datetime import datetime, timezone

import boto3

port = int(sys.argv[1])
end = time.monotonic() + 120
while True:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        break
    except OSError:
        if time.monotonic() > end:
            sys.exit("MiniStack did not start")
        time.sleep(0.3)


def client(service):
    return boto3.client(service, endpoint_url="http://127.0.0.1:%d" % port, region_name="us-east-1",
                        aws_access_key_id="test", aws_secret_access_key="test")


sqs, events = client("sqs"), client("events")
queue = sqs.create_queue(QueueName="q")["QueueUrl"]
arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
events.put_rule(Name="r", EventPattern='{"source": ["shop"]}')
events.put_targets(Rule="r", Targets=[{"Id": "q", "Arn": arn}])
sent = datetime(2024, 2, 29, 12, 0, 0, tzinfo=timezone.utc)
answer = events.put_events(Entries=[{"Source": "shop", "DetailType": "Sold", "Detail": "{}", "Time": sent}])
print("put, with Time 2024-02-29T12:00:00Z; failed entries:", answer["FailedEntryCount"])
message = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=10)["Messages"][0]
seen = json.loads(message["Body"])["time"]
print("the target gets time", seen)
age = abs((datetime.now(timezone.utc) - datetime.fromisoformat(seen.replace("Z", "+00:00"))).total_seconds())
as_described = age < 60
print("as described" if as_described else "CHANGED: it is not the time of the call")
sys.exit(not as_described)
PYTHON
