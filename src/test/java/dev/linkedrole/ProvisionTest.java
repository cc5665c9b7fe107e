package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/provision} on an AWS that returns less than real AWS. */
@Tag("aws")
class ProvisionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((Instance|Feature)[A-Za-z]*Queue)|Prefix|Fifo|MaxReceiveCount|VisibilityTimeout|Table|TableDeletionProtection|OutcomesTopic|KmsKey",
                "Prefix|Fifo|MaxReceiveCount|VisibilityTimeout|TableDeletionProtection|OutcomesTopic|KmsKey"
            })
    void what_a_stack_does_not_list_is_compared_with_what_was_desired(String unlisted, @TempDir Path bin)
            throws IOException {
        // Given
        Path aws = LocalAws.projectDirectory().resolve("localstack/aws");
        Files.createFile(
                bin.resolve("aws"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(bin.resolve("aws"), forgetful(aws, unlisted));
        Deployment deployment = Deployment.nowhere();
        Map<String, String> environment = new HashMap<>(deployment.environment());
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("STACK", deployment.table());
        List<String> provision =
                List.of(LocalAws.projectDirectory().resolve("deploy/provision").toString());

        // When it is made, and made again
        String made = Commands.run(provision, environment);
        String again = Commands.run(provision, environment);

        // Then
        assertThat(made).contains(deployment.table());
        assertThat(again).contains("nothing to change", deployment.table());
    }

    /** Returns an AWS command line whose CloudFormation lists only some of a stack's parameters, or none. */
    private static String forgetful(Path aws, String unlisted) {
        return """
                #!/usr/bin/env bash
                set -o pipefail
                export PATH=${PATH#*:}
                case " $* " in
                  *" describe-stacks "*) '%1$s' "$@" | grep -vE $'^(%2$s)\t' ;;
                  *) '%1$s' "$@" ;;
                esac
                """.formatted(aws, unlisted);
    }
}
