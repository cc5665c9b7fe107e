package dev.linkedrole.bench.service;

import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.intake.envelope.ClockTolerance;
import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What costs processor time in every event, by how many grants the role has: reading it, applying it, and compiling the role. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PureParts {

    private static final String INSTANCE = "0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01";

    @Param({"1", "50", "500"})
    private int grants;

    private EventDecoder decoder;
    private PolicyCompiler compiler;
    private String body;
    private RoleEvent event;
    private LinkedRole role;

    @Setup
    public void prepare() {
        FeatureCatalog catalog = CatalogFile.load("amazon-connect");
        decoder = new EventDecoder(catalog, new ClockTolerance(Clock.systemUTC(), Duration.ofHours(24)));
        compiler = new PolicyCompiler(
                catalog,
                new RoleSettings(
                        "AWSServiceRoleForAmazonConnect_",
                        "/linked-role/connect.amazonaws.com/",
                        Optional.empty(),
                        "linked-role-controller"));
        role = Decision.of(LinkedRole.unknown(decoder.decode(created()).instance()), decoder.decode(created()))
                .after();
        role = Decision.of(role, decoder.decode(enabled(0, grants))).after();
        body = enabled(grants, 1);
        event = decoder.decode(body);
    }

    private static String created() {
        return event("instance-created", 0, "");
    }

    private static String enabled(int from, int count) {
        String buckets = IntStream.range(from, from + count)
                .mapToObj(bucket -> "\"arn:aws:s3:::bucket-" + bucket + "\"")
                .collect(Collectors.joining(","));
        return event("feature-enabled", from + 1, ",\"feature\":\"call-recordings\",\"resources\":[" + buckets + "]");
    }

    private static String event(String type, int id, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"bench\",\"type\":\"" + type
                + "\",\"time\":\"2026-11-23T09:00:00Z\",\"subject\":\"" + INSTANCE
                + "\",\"data\":{\"instanceArn\":\"arn:aws:connect:us-west-2:111122223333:instance/" + INSTANCE + "\""
                + data
                + "}}";
    }

    @Benchmark
    public RoleEvent decode() {
        return decoder.decode(body);
    }

    @Benchmark
    public Decision apply() {
        return Decision.of(role, event);
    }

    @Benchmark
    public DesiredRole compile() {
        return compiler.compile(role);
    }
}
