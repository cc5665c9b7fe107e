#!/usr/bin/env bash
# Package:  cloudevents 10.0.0 (npm)
# Expected: one event says the same in both modes of the HTTP binding. Its data is JSON text, as JSON.stringify makes it, and its
#           datacontenttype is application/json.
# Seen:     binary mode sends the text as it is, and the receiver gets an object; structured mode serializes it once more, and the
#           receiver gets a string that holds JSON.
# Matters:  a producer that serializes its data itself works until somebody changes the mode, or puts the event into a queue, which
#           has structured mode only: then every consumer reads a string where it looks for fields.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --no-save --prefix "$dir" cloudevents@10.0.0

cat >"$dir/finding.mjs" <<'JAVASCRIPT'
import { CloudEvent, HTTP } from "cloudevents";

const event = new CloudEvent({
  id: "1", source: "/shop", type: "com.example.sold", time: "2026-11-23T09:00:05Z",
  datacontenttype: "application/json", data: JSON.stringify({ item: "book" }),
});
const received = {};
for (const mode of ["binary", "structured"]) {
  const message = HTTP[mode](event);
  received[mode] = HTTP.toEvent(message).data;
  console.log(`${mode}: sent ${message.body}`);
  console.log(`${mode}: the receiver's data is of type ${typeof received[mode]}: ${JSON.stringify(received[mode])}`);
}
const asDescribed = typeof received.binary === "object" && typeof received.structured === "string";
console.log(asDescribed ? "as described" : "CHANGED: both modes say the same");
process.exitCode = asDescribed ? 0 : 1;
JAVASCRIPT
node "$dir/finding.mjs"
