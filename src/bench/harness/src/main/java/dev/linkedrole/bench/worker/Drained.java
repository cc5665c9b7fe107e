package dev.linkedrole.bench.worker;

/**
 * What a worker measured.
 *
 * @param seconds from the first receive to the end of the last message's handling
 * @param requests all that were sent to SQS until every message was deleted
 * @param cpuMicros of this process, from the first receive until every message was deleted
 * @param peakKilobytes the most memory that was resident meanwhile
 * @param mostInHand how many messages were being handled at once
 * @param failure why it gave up; empty if it did not
 */
public record Drained(
        int messages,
        double seconds,
        int requests,
        int receives,
        long cpuMicros,
        long peakKilobytes,
        int mostInHand,
        String failure) {

    static Drained failed(String why) {
        return new Drained(0, 0, 0, 0, 0, 0, 0, why);
    }

    public double perSecond() {
        return messages / seconds;
    }

    public double requestsPerMessage() {
        return (double) requests / messages;
    }

    public double cpuMicrosPerMessage() {
        return (double) cpuMicros / messages;
    }
}
