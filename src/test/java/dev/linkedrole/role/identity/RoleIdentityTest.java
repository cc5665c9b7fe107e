package dev.linkedrole.role.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Identities of roles, and what the path in an ARN tells of them. */
class RoleIdentityTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final RoleIdentity identity = new RoleIdentity(new RoleName("ours"), "/acme/", "tests");

    @Test
    void the_time_of_the_recording_is_unknown_until_it_is_said() {
        assertThat(identity.recordedAt()).isEmpty();
        assertThat(identity.recordedAt(NOW).recordedAt()).contains(NOW);
    }

    @Test
    void nothing_but_the_time_changes_when_it_is_recorded() {
        assertThat(identity.recordedAt(NOW)).isEqualTo(new RoleIdentity(new RoleName("ours"), "/acme/", "tests", NOW));
    }

    @Test
    void nothing_but_the_name_changes_when_iam_has_said_it() {
        assertThat(identity.recordedAt(NOW).named(new RoleName("theirs")))
                .isEqualTo(new RoleIdentity(new RoleName("theirs"), "/acme/", "tests", NOW));
    }

    @Test
    void the_path_tells_whether_a_role_is_service_linked() {
        String linked = ServiceLinkedPath.of("connect.amazonaws.com");
        assertThat(new RoleIdentity(new RoleName("ours"), linked, "tests").serviceLinked())
                .isTrue();
        assertThat(identity.serviceLinked()).isFalse();
    }

    @Test
    void an_arn_tells_the_name_and_the_path() {
        String arn = "arn:aws:iam::111122223333:role/acme/connect/ours";
        assertThat(RoleName.ofArn(arn)).isEqualTo(new RoleName("ours"));
        assertThat(RoleName.pathOfArn(arn)).isEqualTo("/acme/connect/");
        assertThat(RoleName.pathOfArn("arn:aws:iam::111122223333:role/ours")).isEqualTo("/");
    }
}
