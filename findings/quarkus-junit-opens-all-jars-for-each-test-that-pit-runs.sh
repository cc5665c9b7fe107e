#!/usr/bin/env bash
# Package:  io.quarkus:quarkus-junit 3.34.1 with the JUnit Platform launcher of its BOM (Maven Central)
# Expected: a launcher that is asked for one plain JUnit test, where no test is a @QuarkusTest, does not do more because quarkus-junit is on the class path.
# Seen:     each discovery makes a class loader of Quarkus, which opens every jar of the class path: several times the memory and the processor time.
# Matters:  PIT asks a launcher once for each test of each mutant. In a project with quarkus-junit, mutation testing of plain classes takes five times as
#           long. Leaving quarkus-junit out of PIT's class path (classpathDependencyExcludes) gives the time back.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -version >/dev/null 2>&1 || { echo 'no Java (17 or newer): set JAVA_HOME' >&2; exit 2; }

# A service with one extension, and its test libraries; then the same without the one jar.
mkdir "$dir/with"
cat >"$dir/with/pom.xml" <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencyManagement><dependencies><dependency>
    <groupId>io.quarkus.platform</groupId><artifactId>quarkus-bom</artifactId><version>3.34.1</version><type>pom</type><scope>import</scope>
  </dependency></dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>io.quarkus</groupId><artifactId>quarkus-rest-jackson</artifactId></dependency>
    <dependency><groupId>io.quarkus</groupId><artifactId>quarkus-junit</artifactId></dependency>
    <dependency><groupId>org.junit.platform</groupId><artifactId>junit-platform-launcher</artifactId></dependency>
  </dependencies>
</project>
XML
mvn -B -q -Dmaven.repo.local="$dir/repository" -f "$dir/with/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory="$dir/with/lib"
cp -r "$dir/with" "$dir/without"
rm "$dir"/without/lib/quarkus-junit-3.34.1.jar

mkdir "$dir/src" "$dir/classes"
cat >"$dir/src/PlainTest.java" <<'JAVA'
import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void is_true() {}
}
JAVA
cat >"$dir/src/Finding.java" <<'JAVA'
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.management.ManagementFactory;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

public class Finding {
    public static void main(String[] args) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(20);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(20);
        System.out.println((threads.getCurrentThreadAllocatedBytes() - before) / 20_000);
    }

    private static void run(int times) {
        for (int i = 0; i < times; i++) {
            LauncherDiscoveryRequest one =
                    LauncherDiscoveryRequestBuilder.request().selectors(selectClass(PlainTest.class)).build();
            LauncherFactory.create().execute(one);
        }
    }
}
JAVA
"${java}c" -d "$dir/classes" -cp "$dir/with/lib/*" "$dir"/src/*.java

kilobytes() {
  "$java" -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "$dir/classes:$dir/$1/lib/*" Finding 2>/dev/null | tail -1
}
with=$(kilobytes with)
without=$(kilobytes without)
echo "one plain test by a launcher: $with kB allocated with quarkus-junit on the class path, $without without"
if [ "$with" -ge $((3 * without)) ]; then echo 'as described'; else echo 'CHANGED: it allocates less than three times as much'; exit 1; fi
