package dev.linkedrole.role.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Templates of ARNs, filled in for a policy and widened for a boundary. */
class ArnTemplateTest {

    private static final ArnTemplate BUCKET = new ArnTemplate("arn:{partition}:s3:::{bucket}/*");

    @Test
    void every_name_is_filled_in() {
        assertThat(BUCKET.fill(Map.of("partition", "aws-cn", "bucket", "a$1\\b")))
                .isEqualTo("arn:aws-cn:s3:::a$1\\b/*");
    }

    @Test
    void a_name_that_nothing_fills_is_an_error_that_tells_it() {
        assertThatThrownBy(() -> BUCKET.fill(Map.of("partition", "aws")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{bucket}")
                .hasMessageContaining(BUCKET.text());
    }

    @Test
    void a_name_that_is_not_known_is_widened_to_a_wildcard() {
        assertThat(BUCKET.widened(Map.of("partition", "aws"))).isEqualTo("arn:aws:s3:::*/*");
        assertThat(BUCKET.widened(Map.of("partition", "a$1\\b"))).isEqualTo("arn:a$1\\b:s3:::*/*");
        assertThat(new ArnTemplate("*").widened(Map.of())).isEqualTo("*");
    }
}
