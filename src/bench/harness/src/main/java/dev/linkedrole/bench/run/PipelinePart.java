package dev.linkedrole.bench.run;

import dev.linkedrole.bench.run.Pipeline.Passage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From events to applied policies: the packaged service, the loop written by hand that makes the same necessary calls, and the
 * naive handler, in turns, on the same servers. Roles are announced first, unmeasured; what is measured are grants.
 */
final class PipelinePart {

    private static final int BURST = 100;

    private final Stage stage;
    private final Aws aws;
    private final Map<String, List<Passage>> passages = new LinkedHashMap<>();
    private int runs = 100;

    PipelinePart(Stage stage, Aws aws) {
        this.stage = stage;
        this.aws = aws;
    }

    void run() throws IOException, InterruptedException {
        int rounds = stage.either(2, 5);
        int spread = stage.either(500, 2_000);
        int bursting = stage.either(3, 10);
        aws.createLedger(stage.workshop().resources(), "pipeline-loop");
        Stage.say(
                "%n== pipeline: %d rounds, after one to warm up; spread: %d events of as many instances; bursts: %d x %d events",
                rounds, spread, bursting, BURST);
        aws.iamDelay(Aws.READ_MILLIS, Aws.WRITE_MILLIS);
        String dynamoDb = aws.dynamoDb().toString();
        String iam = aws.iam().toString();
        try (Pipeline loop = Pipeline.byHand(
                        stage,
                        aws,
                        "pipeline-loop",
                        "Loop_",
                        "dev.linkedrole.bench.pipeline.NecessaryCalls",
                        dynamoDb + " " + iam + " pipeline-loop");
                Pipeline naive = Pipeline.byHand(
                        stage, aws, "pipeline-naive", "Naive_", "dev.linkedrole.bench.pipeline.NaiveHandler", iam);
                Pipeline service = Pipeline.service(stage, aws, "pipeline", Map.of())) {
            spread(loop, spread / 2);
            spread(service, spread / 2);
            for (int round = 0; round < rounds; round++) {
                keep("loop.spread", spread(loop, spread));
                keep("service.spread", spread(service, spread));
                if (!stage.quick()) {
                    keep("loop.burst", burst(loop, bursting));
                }
                keep("service.burst", burst(service, bursting));
                keep("naive.burst", burst(naive, bursting));
            }
            print();
            figures();
        }
    }

    private Passage spread(Pipeline pipeline, int instances) throws IOException, InterruptedException {
        Events events = new Events(runs++);
        return pipeline.grants(events, instances, events.spread(0, instances));
    }

    private Passage burst(Pipeline pipeline, int instances) throws IOException, InterruptedException {
        Events events = new Events(runs++);
        return pipeline.grants(events, instances, events.bursts(0, instances, BURST));
    }

    private void keep(String key, Passage passage) {
        passages.computeIfAbsent(key, name -> new ArrayList<>()).add(passage);
    }

    private void print() {
        Stage.say("%n%-16s %10s %14s %14s", "pipeline", "events/s", "IAM calls/ev.", "CPU us/event");
        passages.forEach((key, all) -> Stage.say(
                "%-16s %10.0f %14.3f %14.0f",
                key,
                new Samples(all.stream().map(Passage::perSecond).toList()).median(),
                new Samples(all.stream().map(Passage::iamCallsPerEvent).toList()).median(),
                new Samples(all.stream().map(Passage::cpuMicrosPerEvent).toList()).median()));
    }

    private void figures() {
        Results results = stage.results();
        passages.forEach((key, all) -> {
            results.put(
                    "pipeline.detail." + key + ".events_per_second",
                    all.stream().map(Passage::perSecond).toList());
            results.put(
                    "pipeline.detail." + key + ".iam_calls_per_event",
                    all.stream().map(Passage::iamCallsPerEvent).toList());
            results.put(
                    "pipeline.detail." + key + ".cpu_micros_per_event",
                    all.stream().map(Passage::cpuMicrosPerEvent).toList());
        });
        results.put("pipeline.ratio_to_loop.spread", ratios("service.spread", "loop.spread"));
        results.put("pipeline.speedup_over_naive.burst", ratios("service.burst", "naive.burst"));
        results.put(
                "pipeline.iam_calls_per_event.burst",
                passages.get("service.burst").stream()
                        .map(Passage::iamCallsPerEvent)
                        .toList());
    }

    private List<Double> ratios(String of, String to) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < passages.get(of).size(); round++) {
            ratios.add(passages.get(of).get(round).perSecond()
                    / passages.get(to).get(round).perSecond());
        }
        return ratios;
    }
}
