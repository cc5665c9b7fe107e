package dev.linkedrole.bench.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** The main class of a process that drains queues: {@code Worker CONTENDER-CLASS SQS-ENDPOINT [ARGUMENT]}. */
public final class Worker {

    /** What a line begins with that is meant for the conductor; others are chatter. */
    public static final String REPLY = "@@ ";

    private static final Duration DELETION_LIMIT = Duration.ofSeconds(20);

    private final Contender contender;
    private final SqsMeter meter = new SqsMeter();
    private final SqsAsyncClient sqs;

    private Worker(Contender contender, URI endpoint) {
        this.contender = contender;
        this.sqs = SqsClients.at(endpoint, meter);
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream replies = System.out;
        Class<?> type = Class.forName(arguments[0]);
        Contender contender = (Contender)
                (arguments.length > 2
                        ? type.getConstructor(String.class).newInstance(arguments[2])
                        : type.getConstructor().newInstance());
        Worker worker = new Worker(contender, URI.create(arguments[1]));
        ObjectMapper json = new ObjectMapper();
        replies.println(REPLY + "\"ready\"");
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
            Drained drained = worker.measure(json.readValue(line, Drain.class));
            replies.println(REPLY + json.writeValueAsString(drained));
        }
        System.exit(0);
    }

    private Drained measure(Drain job) {
        Work work = new Work(job.messages(), Duration.ofMillis(job.handlerMillis()));
        System.gc();
        OwnProcess.forgetPeak();
        SqsMeter.Count count = meter.begin(job.messages());
        try (Contender.Consuming _ = contender.begin(sqs, job.queueUrl(), work)) {
            if (!work.awaitAll(Duration.ofSeconds(job.limitSeconds()))) {
                return Drained.failed("only " + work.done() + " of " + job.messages() + " messages were handled");
            }
            if (!count.awaitAllDeleted(DELETION_LIMIT)) {
                return Drained.failed("only " + count.deleted() + " of " + job.messages() + " messages were deleted");
            }
            long cpu = OwnProcess.cpuNanos() - count.cpuAtFirstReceive();
            if (work.done() != job.messages()) {
                return Drained.failed("handled " + work.done() + ", but there were " + job.messages());
            }
            return new Drained(
                    job.messages(),
                    (work.finishedAt() - count.firstReceive()) / 1e9,
                    count.requests(),
                    count.receives(),
                    cpu / 1000,
                    OwnProcess.peakKilobytes(),
                    work.mostInHand(),
                    "");
        } catch (Exception e) {
            e.printStackTrace();
            return Drained.failed(e.toString());
        }
    }
}
