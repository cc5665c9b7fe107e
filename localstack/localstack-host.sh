# shellcheck shell=bash disable=SC2154
# LocalStack as a plain process, without Docker. Sourced by localstack/up.
#
# LocalStack's DynamoDB is Amazon's DynamoDB Local, a Java program, which LocalStack would download at the first call from a
# place many networks do not reach. It looks for it in its own library directory first, so we put it there, from Maven Central.

# Sets java_home to a JDK of 17 or newer: JAVA_HOME if it is one, else the newest in the usual places.
find_jdk() {
  local candidate version newest=16
  java_home=''
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/java/* /opt/jdk*; do
    [ -x "$candidate/bin/javac" ] && [ -f "$candidate/release" ] || continue
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$candidate/release")
    [ "${version:-0}" -gt "$newest" ] || continue
    java_home=$candidate newest=$version
    [ "$candidate" != "${JAVA_HOME:-}" ] || return 0
  done
  [ -n "$java_home" ] || die "no JDK of 17 or newer found, which DynamoDB Local needs. Install one, or set JAVA_HOME"
}

# Sets libraries to a directory laid out as LocalStack's own, which has DynamoDB Local in it.
install_dynamodb_local() {
  local source=$root/localstack/dynamodb-local building jars
  libraries=$root/target/localstack-libraries-$localstack_version
  [ ! -d "$libraries" ] || return 0
  say "fetching DynamoDB Local from Maven Central into target/ (once)"
  building=$libraries.$$
  jars=$building/dynamodb-local/2/DynamoDBLocal_lib
  mkdir -p "$jars" "$building/classes"
  maven -f "$source/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
    "-DoutputDirectory=$jars" || { rm -rf "$building"; die "DynamoDB Local could not be fetched from Maven Central (see above)"; }
  {
    echo 'Main-Class: LoopbackDynamoDb'
    echo 'Premain-Class: LoopbackDynamoDb'
    echo 'Enable-Native-Access: ALL-UNNAMED'
    # A line of a manifest has at most 72 bytes and is continued by a space.
    (cd "$jars/.." && echo "Class-Path: $(echo DynamoDBLocal_lib/*.jar)") | fold -w 70 | sed '2,$s/^/ /'
  } >"$building/manifest"
  if ! {
    "$java_home/bin/javac" --release 17 -cp "$jars/*" -d "$building/classes" "$source/LoopbackDynamoDb.java" &&
      "$java_home/bin/jar" --create --file "$jars/../DynamoDBLocal.jar" --manifest "$building/manifest" -C "$building/classes" . &&
      cp "$jars/../DynamoDBLocal.jar" "$jars/../ddb-local-loader-0.1.jar" # the name under which LocalStack wants its agent
  }; then
    rm -rf "$building"
    die "DynamoDB Local could not be prepared (see above)"
  fi
  mv "$building" "$libraries" 2>/dev/null || rm -rf "$building"
}

maven() {
  if [ -x "$root/mvnw" ]; then JAVA_HOME=$java_home "$root/mvnw" --batch-mode --quiet "$@" >&2; else
    JAVA_HOME=$java_home mvn --batch-mode --quiet "$@" >&2
  fi
}

install_localstack() {
  find_python 13 || die "no Python of 3.13 or newer found, which LocalStack needs (its sqs imports warnings.deprecated). Install one, set PYTHON, or choose LOCAL_AWS=moto"
  find_jdk
  install_venv "localstack-$localstack_version" "localstack-core[runtime]==$localstack_version" ||
    die "LocalStack could not be installed from PyPI (see above). Behind a proxy or mirror, set HTTPS_PROXY or PIP_INDEX_URL;
  or choose LOCAL_AWS=docker"
  install_dynamodb_local
}

start_localstack() {
  local data=$state/data
  rm -rf "$data"
  mkdir -p "$data/usr/lib" "$data/var/lib/localstack/lib/java" "$data/config"
  ln -s "$libraries" "$data/usr/lib/localstack"
  ln -s "$java_home" "$data/var/lib/localstack/lib/java/21" # the version it would download
  (
    for variable in ${!LOCALSTACK_@} DEBUG PERSISTENCE DATA_DIR CONFIG_PROFILE; do unset "$variable"; done
    export OVERRIDE_IN_DOCKER=0     # also in a container: it would take 0.0.0.0 and directories of the system
    export FILESYSTEM_ROOT=$data CONFIG_DIR=$data/config TMPDIR=$data XDG_CACHE_HOME=$venv/cache
    export GATEWAY_LISTEN=127.0.0.1:$port LOCALSTACK_HOST=127.0.0.1:$port
    export SERVICES=$services EAGER_SERVICE_LOADING=0
    export DISABLE_EVENTS=1         # no telemetry
    export SKIP_SSL_CERT_DOWNLOAD=1 # no certificate of a name on the Internet
    export DNS_ADDRESS=0            # no DNS server on port 53
    export DYNAMODB_IN_MEMORY=1
    export SQS_ENDPOINT_STRATEGY=dynamic    # queue URLs with the address they were asked at, which needs no DNS
    export SQS_DISABLE_CLOUDWATCH_METRICS=1 # each call to SQS would otherwise be followed by one to CloudWatch
    serve "$venv/bin/python" "$root/localstack/localstack_on_loopback.py"
  )
}
