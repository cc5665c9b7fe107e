# shellcheck shell=bash disable=SC2154,SC2329
# A LocalStack container that the tests of one run share. Sourced by localstack/with.
#
# The tests start it by Testcontainers, the first process that needs it; the others find it by its label. A container that outlives the process
# which started it is none of Testcontainers' reaper's, so it is removed here.

run_label=dev.linkedrole.run

containers() { # TEMPLATE of what to print of each, LABEL, OPTION...
  docker ps --no-trunc --format "$1" --filter "label=$2" "${@:3}"
}

# Makes what is run from now on start LocalStack by Testcontainers, once for all its processes.
share_container() {
  local id run birth
  docker_engine || die "no Docker engine answers: start it, or choose LOCAL_AWS=moto"
  run "$root/localstack/image" || die "no image, so the command was not run"
  # The run's label names this process for ever. What one that was killed has left behind goes now.
  containers "{{.ID}} {{.Label \"$run_label\"}}" "$run_label" --all | while read -r id run; do
    birth=$(born "${run%%:*}" || true)
    [ -n "$birth" ] && [ "$birth" = "${run#*:}" ] || docker rm -f -v "$id" >/dev/null
  done
  export LOCAL_AWS=docker LOCAL_AWS_RUN
  LOCAL_AWS_RUN=$$:$(born $$)
  # Without the reaper, which has nothing to do, and the checks of the engine's disk space and address: they want images of their own.
  export TESTCONTAINERS_REUSE_ENABLE=true TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_CHECKS_DISABLE=true
  export TESTCONTAINERS_HOST_OVERRIDE=${TESTCONTAINERS_HOST_OVERRIDE:-127.0.0.1}
}

# Whether the command used one container, of that LocalStack: what it did elsewhere would prove nothing.
verify_container() {
  local ids
  ids=$(containers '{{.ID}}' "$run_label=$LOCAL_AWS_RUN") # those that run: Testcontainers may have tried more than once
  [ "$(wc -w <<<"$ids")" -eq 1 ] || { say "ERROR: $(wc -w <<<"$ids") containers of $localstack_image run instead of one"; return 1; }
  "$python" - "$(docker port "$ids" 4566)" "$localstack_version" "$(docker inspect --format '{{.Config.Image}}' "$ids")" "$localstack_image" <<'PYTHON'
import json, sys, urllib.request
address, version, image, expected = sys.argv[1:]
direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
with direct.open("http://" + address.split()[0] + "/_localstack/health", timeout=10) as response:
    health = json.load(response)
used = sorted(service for service, state in health["services"].items() if state == "running")
said = f"LocalStack {health['version']} in a container of {image}, with {', '.join(used) or 'nothing'} in use"
if not (image == expected and health["version"].startswith(version) and used):
    sys.exit(f"local-aws: ERROR: it ran on {said}, instead of {expected}")
print(f"local-aws: it ran on {said}", file=sys.stderr)
PYTHON
}

stop_container() {
  local id
  mkdir -p "$root/target/local-aws"
  for id in $(containers '{{.ID}}' "$run_label=$LOCAL_AWS_RUN" --all); do
    docker logs "$id" >"$root/target/local-aws/testcontainers.log" 2>&1 || true
    docker rm -f -v "$id" >/dev/null || say "the container $id could not be removed (is the engine gone?)"
  done
}
