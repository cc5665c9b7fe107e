#!/usr/bin/env bash
# Package:  software.amazon.awssdk:iam-policy-builder 2.41.18 (Maven Central)
# Expected: a policy that is read with IamPolicy.fromJson and written with toJson means what it meant; or reading it fails.
# Seen:     a policy without Version gets "2012-10-17", while IAM takes such a policy for 2008-10-17.
# Matters:  in 2008-10-17 the text ${aws:username} in a resource stands for itself; in 2012-10-17 it is a variable. A tool that reads
#           policies, changes one statement and writes them back changes which resources the others name.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -version >/dev/null 2>&1 || { echo 'no Java (17 or newer): set JAVA_HOME' >&2; exit 2; }

package=software.amazon.awssdk:iam-policy-builder:2.41.18
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
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

public class Finding {
    public static void main(String[] args) {
        String policy = """
                {"Id":"homes","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::homes/${aws:username}/*"}}""";
        String again = IamPolicy.fromJson(policy).toJson();
        System.out.println("read:    " + policy);
        System.out.println("written: " + again);
        boolean asDescribed = again.contains("\"2012-10-17\"");
        System.out.println(asDescribed ? "as described" : "CHANGED: the policy is written as it was read, or refused");
        System.exit(asDescribed ? 0 : 1);
    }
}
JAVA
"$java" -cp "$dir/lib/*" "$dir/Finding.java"
