package dev.linkedrole.bench.run;

import dev.linkedrole.bench.worker.Drain;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** One way from events to policies, running: what is sent to its queue ends in IAM. */
final class Pipeline implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration START = Duration.ofSeconds(60);

    private final String name;
    private final Aws aws;
    private final String queueUrl;
    private final String rolePrefix;
    private final ProcessTime cpu;
    private final AutoCloseable process;
    private final Child worker;

    /** How long a process has kept processors busy. */
    @FunctionalInterface
    private interface ProcessTime {
        double seconds() throws IOException;
    }

    /**
     * What sending events and having them applied took.
     *
     * @param iamCalls by action
     */
    record Passage(int events, double seconds, double cpuSeconds, Map<String, Long> iamCalls) {

        double perSecond() {
            return events / seconds;
        }

        double iamCallsPerEvent() {
            return (double) iamCalls.values().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    / events;
        }

        double cpuMicrosPerEvent() {
            return cpuSeconds * 1e6 / events;
        }
    }

    private Pipeline(
            String name,
            Aws aws,
            String queueUrl,
            String rolePrefix,
            ProcessTime cpu,
            AutoCloseable process,
            Child worker) {
        this.name = name;
        this.aws = aws;
        this.queueUrl = queueUrl;
        this.rolePrefix = rolePrefix;
        this.cpu = cpu;
        this.process = process;
        this.worker = worker;
    }

    /** The packaged service, with its three queues and a ledger; all events go to the middle one. */
    static Pipeline service(Stage stage, Aws aws, String name, Map<String, String> settings)
            throws IOException, InterruptedException {
        return of(
                aws,
                name,
                Service.start(
                        aws,
                        Launch.jar(stage.workshop().service(), Workshop.HEAP),
                        aws.serviceSettings(stage.workshop().resources(), name, settings),
                        stage.workshop().log("service-" + name)));
    }

    /** A service that runs, and was set up by {@link Aws#serviceSettings} under the same name. It ends with this. */
    static Pipeline of(Aws aws, String name, Service service) throws IOException, InterruptedException {
        return new Pipeline(
                name,
                aws,
                aws.queueUrl(name + "-enabled"),
                "AWSServiceRoleForAmazonConnect_",
                service::cpuSeconds,
                service,
                null);
    }

    /** One written by hand, in a worker's process. */
    static Pipeline byHand(Stage stage, Aws aws, String name, String rolePrefix, String contender, String argument)
            throws IOException, InterruptedException {
        String url = aws.createQueue(name);
        List<String> command = stage.workshop()
                .jvm(
                        "harness",
                        List.of(),
                        "dev.linkedrole.bench.worker.Worker",
                        contender,
                        aws.sqs().toString(),
                        argument);
        Child child = Child.start(name, command, stage.workshop().log(name));
        child.reply(START);
        return new Pipeline(name, aws, url, rolePrefix, () -> Service.cpuSeconds(child.pid()), child, child);
    }

    String name() {
        return name;
    }

    /** To be called with the number of all messages to come before the first of them. */
    void expect(int messages) throws IOException {
        if (worker != null) {
            worker.tell(new Drain(queueUrl, messages, 0, (int) LIMIT.toSeconds()));
        }
    }

    /** To be called after the last of the messages that were to be expected. */
    void finished() throws IOException, InterruptedException {
        if (worker != null) {
            String failure = worker.reply(LIMIT).get("failure").textValue();
            if (!failure.isEmpty()) {
                throw new IOException(name + ": " + failure);
            }
        }
    }

    /** Sends events and waits until all of them are done with, which is when they are deleted. */
    Passage pass(List<String> events) throws IOException, InterruptedException {
        aws.forgetIamCalls();
        double cpuBefore = cpu.seconds();
        long begin = System.nanoTime();
        FilledQueue.send(aws.client(), queueUrl, events);
        long limit = begin + LIMIT.toNanos();
        while (!isEmpty()) {
            if (System.nanoTime() > limit) {
                throw new IOException(name + " has not handled " + events.size() + " events within " + LIMIT);
            }
            Thread.sleep(5);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Passage(events.size(), seconds, cpu.seconds() - cpuBefore, aws.iamCalls());
    }

    /** Announces the instances, unmeasured, and passes their grants: as many for each. */
    Passage grants(Events events, int instances, List<String> grants) throws IOException, InterruptedException {
        expect(instances + grants.size());
        pass(events.created(0, instances));
        Map<String, Integer> before = policyLengths();
        Passage passage = pass(grants);
        finished();
        checkGrown(events, instances, grants.size() / instances, before);
        return passage;
    }

    /** Checks that each role has grown by the grants: a fast pipeline must also be right. */
    private void checkGrown(Events events, int instances, int grantsEach, Map<String, Integer> before)
            throws IOException, InterruptedException {
        Map<String, Integer> after = policyLengths();
        int least = grantsEach * 2 * "\"arn:aws:s3:::bucket-0\"".length();
        for (int i = 0; i < instances; i++) {
            String digits = events.instance(i).replace("-", "");
            int grown = after.getOrDefault(digits, 0) - before.getOrDefault(digits, 0);
            if (grown < least) {
                throw new IOException(name + " has not granted all: the policy of " + digits + " grew by " + grown
                        + " characters, not " + least);
            }
        }
    }

    private boolean isEmpty() {
        Map<QueueAttributeName, String> attributes = aws.client()
                .getQueueAttributes(g -> g.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .join()
                .attributes();
        return attributes.values().stream().allMatch("0"::equals);
    }

    /** The characters in each of its roles' policies in IAM, by the digits of the instance. */
    Map<String, Integer> policyLengths() throws IOException, InterruptedException {
        return aws.iamRoles().stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields[0].startsWith(rolePrefix))
                .collect(Collectors.toMap(
                        fields -> fields[0]
                                .substring(rolePrefix.length())
                                .replace("-", "")
                                .toLowerCase(Locale.ROOT),
                        fields -> Integer.parseInt(fields[2])));
    }

    @Override
    public void close() {
        try {
            process.close();
        } catch (Exception e) {
            System.err.println(name + " could not be closed: " + e);
        }
    }
}
