package dev.linkedrole.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parsing of the configured target. */
class TargetTest {

    @Test
    void a_topic_a_bus_and_a_queue_are_known_by_their_arns() {
        assertThat(Target.parse("arn:aws:sns:us-west-2:111122223333:outcomes"))
                .isEqualTo(new Target.Topic("arn:aws:sns:us-west-2:111122223333:outcomes"));
        assertThat(Target.parse("arn:aws-cn:events:cn-north-1:111122223333:event-bus/outcomes"))
                .isEqualTo(new Target.Bus("arn:aws-cn:events:cn-north-1:111122223333:event-bus/outcomes"));
        assertThat(Target.parse("arn:aws-us-gov:sqs:us-gov-west-1:111122223333:outcomes.fifo"))
                .isEqualTo(new Target.Queue(
                        "outcomes.fifo", "111122223333", Optional.of("us-gov-west-1"), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            https://sqs.us-west-2.amazonaws.com/111122223333/outcomes,   us-west-2
            https://sqs.cn-north-1.amazonaws.com.cn/111122223333/outcomes, cn-north-1
            http://127.0.0.1:4566/111122223333/outcomes,                 none
            http://127.0.0.1:4566/queue/us-east-1/111122223333/outcomes, none
            """)
    void a_queue_is_known_by_its_url_and_its_region_as_far_as_that_says_it(String url, String region) {
        // When
        Target target = Target.parse(url);

        // Then
        assertThat(target).isInstanceOfSatisfying(Target.Queue.class, queue -> {
            assertThat(queue.name()).isEqualTo("outcomes");
            assertThat(queue.account()).isEqualTo("111122223333");
            assertThat(queue.url()).contains(url);
            assertThat(queue.fifo()).isFalse();
        });
        assertThat(target.region()).isEqualTo(Optional.ofNullable(region));
    }

    @ParameterizedTest
    @CsvSource({"outcomes,false", "outcomes.fifo,true"})
    void fifo_is_what_ends_in_it(String name, boolean fifo) {
        assertThat(Target.parse("arn:aws:sns:us-west-2:111122223333:" + name))
                .isInstanceOfSatisfying(
                        Target.Topic.class, topic -> assertThat(topic.fifo()).isEqualTo(fifo));
        assertThat(Target.parse("arn:aws:sqs:us-west-2:111122223333:" + name))
                .isInstanceOfSatisfying(
                        Target.Queue.class, queue -> assertThat(queue.fifo()).isEqualTo(fifo));
    }
}
