#!/usr/bin/env bash
# Package:  com.networknt:json-schema-validator 2.0.8 (Maven Central), format assertions on
# Expected: "format": "date-time" takes what RFC 3339 allows: any number of digits after the second's point (time-secfrac = "." 1*DIGIT)
#           and the offset -00:00 (section 4.3: the time in UTC is known, the local offset is not).
# Seen:     ten digits are refused, and so is -00:00; nine digits and +00:00 are accepted.
# Matters:  who validates before reading refuses messages of producers that are right by the RFC
#           that the JSON Schema specification names.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -version >/dev/null 2>&1 || { echo 'no Java (17 or newer): set JAVA_HOME' >&2; exit 2; }

package=com.networknt:json-schema-validator:2.0.8
IFS=: read -r group name version <<<"$package"
cat >"$dir/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>$group</groupId><artifactId>$name</artifactId><version>$version</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
XML
mvn -B -q -Dmaven.repo.local="$dir/repository" -f "$dir/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory="$dir/lib"

cat >"$dir/Finding.java" <<'JAVA'
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

public class Finding {
    static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema("{\"type\": \"string\", \"format\": \"date-time\"}");

    static boolean accepts(String time) {
        List<?> faults = SCHEMA.validate('"' + time + '"', InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        System.out.println(time + "  " + (faults.isEmpty() ? "accepted" : "refused: " + faults.get(0)));
        return faults.isEmpty();
    }

    public static void main(String[] args) {
        boolean nine = accepts("2026-11-23T09:00:05.123456789Z");
        boolean ten = accepts("2026-11-23T09:00:05.1234567891Z");
        boolean plus = accepts("2026-11-23T09:00:05+00:00");
        boolean minus = accepts("2026-11-23T09:00:05-00:00");
        boolean nonsense = accepts("yesterday");
        boolean asDescribed = nine && !ten && plus && !minus && !nonsense;
        System.out.println(asDescribed ? "as described" : "CHANGED: other times are refused");
        System.exit(asDescribed ? 0 : 1);
    }
}
JAVA
"$java" -cp "$dir/lib/*" "$dir/Finding.java"
