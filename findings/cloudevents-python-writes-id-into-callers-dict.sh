#!/usr/bin/env bash
# Package:  cloudevents 2.2.0 (PyPI)
# Expected: the attributes that are given to CloudEvent(...) stay as they were, and each event made without an id gets one of its own.
# Seen:     the constructor writes specversion, id and time into the caller's dictionary, so a second event made with it has the
#           id and the time of the first.
# Matters:  a producer that keeps its fixed attributes in one dictionary sends different events with one id. Consumers that drop
#           what they have seen before (CloudEvents: source and id name one event) drop all but the first.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check cloudevents==2.2.0

"$dir/venv/bin/python" - <<'PYTHON'
import sys
from cloudevents.core.v1.event import CloudEvent

attributes = {"type": "com.example.sold", "source": "/shop"}
first = CloudEvent(attributes, {"item": "book"})
second = CloudEvent(attributes, {"item": "lamp"})
print("the caller's dictionary holds:", ", ".join(attributes))
print("first: ", first.get_id(), first.get_time(), first.get_data())
print("second:", second.get_id(), second.get_time(), second.get_data())
as_described = {"specversion", "id", "time"} <= attributes.keys() and first.get_id() == second.get_id()
print("as described" if as_described else "CHANGED: the events have ids of their own")
sys.exit(not as_described)
PYTHON
