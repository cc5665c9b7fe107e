# shellcheck shell=bash disable=SC2034
# What localstack/up, down and with and deploy/provision have in common. Sourced, not run. Works with the bash 3.2 of
# macOS too.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
localstack_version=4.14.0 # the last release which runs without a token
localstack_image=localstack/localstack:$localstack_version
image_label=dev.linkedrole.built-from # of an image that localstack/image has built: from what
moto_version=5.2.5
ministack_version=1.5.33
elasticmq_version=1.6.12
services=sqs,iam,sts,dynamodb,dynamodbstreams,cloudformation,cloudwatch,sns,events,s3,ssm

# Progress goes to stderr: stdout is kept for what a script may want to evaluate.
speaker=local-aws
say() { printf '%s: %s\n' "$speaker" "$*" >&2; }
die() { say "ERROR: $*"; exit 1; }

# timeout(1) is not everywhere (macOS), and an engine which hangs must not hang us.
within() {
  local seconds=$1
  shift
  "$python" -c 'import subprocess, sys
try: sys.exit(subprocess.run(sys.argv[2:], timeout=float(sys.argv[1])).returncode)
except (subprocess.TimeoutExpired, OSError): sys.exit(124)' "$seconds" "$@"
}

# The two arguments of up and down. Sets port, url and state (the directory in which a server is remembered).
choose_port() {
  port=${LOCAL_AWS_PORT:-4566}
  while [ $# -gt 0 ]; do
    case $1 in
      --port) [ $# -ge 2 ] || die "--port needs a number"; port=$2; shift 2 ;;
      --port=*) port=${1#--port=}; shift ;;
      -h | --help) usage; exit 0 ;;
      *) usage >&2; die "unknown argument: $1" ;;
    esac
  done
  case $port in *[!0-9]* | '') die "not a port: '$port'" ;; esac
  { [ "$port" -ge 1 ] && [ "$port" -le 65535 ]; } || die "not a port: $port"
  url=http://127.0.0.1:$port
  state=$root/target/local-aws/$port
  container=linked-role-local-aws-$port
}

# Sets python to a Python of at least 3.MINOR with venv: $PYTHON if it is one, else what is on the PATH or in pyenv.
find_python() { # MINOR
  local candidate
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1*/bin/python3; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, int(sys.argv[1])))' "$1" 2>/dev/null; then
      python=$candidate
      return
    fi
  done
  return 1
}

need_python() {
  find_python 10 || die "no python3 (3.10 or newer) with venv found. Install one (Debian/Ubuntu: apt install python3-venv), or set PYTHON"
}

# Sets aws to the AWS command line: the one on the PATH, else one from PyPI.
find_aws() {
  aws=(aws)
  aws --version >/dev/null 2>&1 && return # run, not looked up: a version manager's shim may lead nowhere
  need_python
  install_venv awscli-1 'awscli>=1.40,<2' ||
    die "no working aws command on the PATH, and it could not be installed from PyPI (see above)"
  aws=("$venv/bin/python" -m awscli)
}

# Every process, one a line: id, state, parent. (ps is missing in slim images, /proc on macOS.)
processes() {
  # Some end while we look, which is no failure.
  if [ -d /proc/self ]; then { cat /proc/[0-9]*/stat 2>/dev/null || true; } | sed 's/ (.*) / /'; else ps -A -o pid=,stat=,ppid=; fi |
    awk '$2 !~ /^[ZX]/ { print $1, $2, $3 }' # a zombie has ended, though nobody has collected its status
}

# When a process was started. With its id it names one process for ever, since ids alone are used again.
born() {
  if [ -d /proc/self ]; then sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 !~ /[ZX]/ { print $20 }'; else
    LC_ALL=C ps -o lstart= -p "$1" || true
  fi
}

# Whether the server remembered in $state still runs. Sets pid and kind.
is_running() {
  [ -f "$state/kind" ] || return 1
  kind=$(cat "$state/kind")
  if [ "$kind" = docker ]; then
    [ "$(docker inspect -f '{{.State.Running}}' "$container" 2>/dev/null)" = true ]
  else
    [ -f "$state/pid" ] || return 1
    pid=$(sed -n 1p "$state/pid")
    local birth
    birth=$(sed -n 2p "$state/pid")
    [ -n "$birth" ] && [ "$(born "$pid")" = "$birth" ]
  fi
}

# Whether AWS_ENDPOINT_URL is on this machine.
is_local() {
  case ${AWS_ENDPOINT_URL:-} in
    http://127.0.0.1 | http://127.0.0.1[:/]* | http://localhost | http://localhost[:/]*) return 0 ;;
    *) return 1 ;;
  esac
}

# Emulators take any credentials, but clients insist on having some; and a proxy cannot reach this machine's loopback.
export_local_defaults() {
  if [ -z "${AWS_ACCESS_KEY_ID:-}${AWS_PROFILE:-}" ]; then export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test; fi
  export AWS_REGION=${AWS_REGION:-${AWS_DEFAULT_REGION:-us-east-1}}
  export AWS_DEFAULT_REGION=$AWS_REGION # version 1 of the command line knows this one only
  export NO_PROXY="127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}"
  export no_proxy=$NO_PROXY
}

# Whether an AWS answers at $url, by a real call rather than an open port. In Python, since curl may be missing.
answers() {
  "$python" - "$url" "${1:-3}" 2>/dev/null <<'PYTHON'
import sys, urllib.request
request = urllib.request.Request(sys.argv[1], b"Action=GetCallerIdentity&Version=2011-06-15", {
    "Content-Type": "application/x-www-form-urlencoded",
    "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request, "
                     "SignedHeaders=host, Signature=00"})
direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy cannot reach this machine's loopback
with direct.open(request, timeout=float(sys.argv[2])) as response:
    sys.exit(b"<Account>" not in response.read())
PYTHON
}

docker_engine() { within 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# Whether Docker has the image of LocalStack, or can pull it in time.
has_image() {
  docker image inspect "$localstack_image" >/dev/null 2>&1 && return
  say "pulling $localstack_image (at most ${LOCAL_AWS_PULL_SECONDS:-300} s)"
  within "${LOCAL_AWS_PULL_SECONDS:-300}" docker pull --quiet "$localstack_image" >/dev/null && return
  say "the image could not be pulled"
  return 1
}

# Whether the image that Docker has was built by localstack/image. Such a one is for who asks for it: moto is quicker.
image_built_here() { [ -n "$(docker image inspect --format "{{index .Config.Labels \"$image_label\"}}" "$localstack_image" 2>/dev/null)" ]; }

# Installs PyPI packages into target/venv/NAME, once. The directory gets its name only when it is complete, so an
# interrupted install is never taken for a good one, and two at a time do no harm. Sets venv.
install_venv() { # NAME REQUIREMENT...
  local building constraints=$root/localstack/constraints/$1.txt
  venv=$root/target/venv/$1
  # A virtual environment dies with the Python it was made from: try it rather than trust it.
  if "$venv/bin/python" -c '' 2>/dev/null; then return; fi
  rm -rf "$venv"
  building=$venv.$$
  say "installing ${*:2} from PyPI into target/venv/$1 (once)"
  mkdir -p "$root/target/venv"
  if "$python" -m venv "$building" >&2 && { pip_install "${@:2}" --constraint "$constraints" ||
    { say "not in the versions of ${constraints#"$root"/}: trying what PyPI offers" && pip_install "${@:2}"; }; }; then
    "$python" -c 'import os, sys; os.rename(sys.argv[1], sys.argv[2])' "$building" "$venv" 2>/dev/null ||
      rm -rf "$building" # somebody else was faster
    [ -x "$venv/bin/python" ]
  else
    rm -rf "$building"
    return 1
  fi
}
pip_install() {
  local line packages=0
  "$building/bin/python" -m pip install --disable-pip-version-check --progress-bar off --retries 2 "$@" |
    while IFS= read -r line; do
      case $line in
        Collecting*) packages=$((packages + 1)) && [ $((packages % 20)) -ne 0 ] || say "  $packages packages fetched" ;;
        Installing*) say "  installing them" ;;
      esac
    done
}
discard_unfinished() { rm -rf "$root"/target/venv/*.$$ "$root"/target/localstack-libraries-*.$$; }

# Ends the server remembered in $state and all it started.
stop() {
  if [ "$(cat "$state/kind" 2>/dev/null)" = docker ]; then
    docker logs "$container" >"$state/log" 2>&1 || true
    docker rm -f -v "$container" >/dev/null 2>&1 || say "the container $container could not be removed (is the engine gone?)"
  elif is_running; then
    # The server leads a process group of its own. What it put outside the group (LocalStack: DynamoDB Local) is noted
    # before, since afterwards nobody knows whose it was.
    local tree tries=0
    tree=$(tree "$pid")
    kill -TERM -- "-$pid" 2>/dev/null || true
    while any_lives "$tree" && [ $tries -lt 100 ]; do
      sleep 0.1
      tries=$((tries + 1))
    done
    if any_lives "$tree"; then
      say "it does not end by itself: killing it"
      # shellcheck disable=SC2086 # a list of ids
      kill -KILL $tree 2>/dev/null || true
    fi
  fi
  forget
}

# A process and all its descendants.
tree() { # PID
  processes | awk -v root="$1" '{ parent[$1] = $3 }
    END { for (p in parent) { for (q = p; q in parent && q != root; q = parent[q]); if (q == root) print p } }'
}

any_lives() { # PIDS
  # shellcheck disable=SC2086,SC2116 # puts the ids on one line: not every awk takes a line break here
  processes | awk -v ids="$(echo $1)" 'BEGIN { split(ids, list); for (i in list) wanted[list[i]] } $1 in wanted { found = 1 } END { exit !found }'
}

# The log stays: it is what one wants to read after a failure.
forget() { rm -rf "$state/pid" "$state/kind" "$state/data"; }
