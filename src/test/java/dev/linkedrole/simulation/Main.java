package dev.linkedrole.simulation;

import dev.linkedrole.simulation.checks.Verdict;
import dev.linkedrole.simulation.connect.ConnectSimulation;
import dev.linkedrole.simulation.faults.Defect;
import dev.linkedrole.simulation.faults.LostAnswers;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Command that runs many seeds, or one of them with a trace. */
public final class Main {

    private Main() {}

    /**
     * Runs the command and ends the process, with 0 if no fault was found.
     *
     * @param arguments {@code seeds FIRST COUNT} or {@code seed NUMBER}, and {@code connect} for a fleet whose producer is
     *     Amazon Connect
     */
    public static void main(String[] arguments) throws Exception {
        // Work on another thread would not be decided by the seed.
        Infrastructure.setDefaultExecutor(work -> {
            throw new IllegalStateException("something is to run outside of the simulation");
        });
        LostAnswers.begin();
        boolean connect = arguments[arguments.length - 1].equals("connect");
        LongFunction<Verdict> simulation = connect ? ConnectSimulation::of : Simulation::of;
        boolean sound = arguments[0].equals("seed")
                ? replay(Long.parseLong(arguments[1]), connect)
                : run(Long.parseLong(arguments[1]), Long.parseLong(arguments[2]), simulation);
        System.exit(sound ? 0 : 1);
    }

    private static boolean replay(long seed, boolean connect) {
        Verdict verdict = connect
                ? new ConnectSimulation(seed, Defect.NONE, true).run()
                : new Simulation(seed, Defect.NONE, true).run();
        verdict.trace().forEach(System.out::println);
        System.out.printf(
                "%nseed %d: %s, digest %s%n", seed, verdict.failure().orElse("nothing is wrong"), verdict.digest());
        return verdict.failure().isEmpty();
    }

    private static boolean run(long first, long count, LongFunction<Verdict> simulation) throws Exception {
        long begun = System.nanoTime();
        List<Verdict> failed = new ArrayList<>();
        long steps = 0;
        // Mutiny initializes itself at its first use, which two threads must not do at once.
        Verdict _ = simulation.apply(first);
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<Verdict>> runs = LongStream.range(first, first + count)
                    .mapToObj(seed -> threads.submit(() -> simulation.apply(seed)))
                    .toList();
            for (Future<Verdict> run : runs) {
                Verdict verdict = run.get();
                steps += verdict.steps();
                if (verdict.failure().isPresent()) {
                    failed.add(verdict);
                    System.out.printf(
                            "seed %d: %s%n", verdict.seed(), verdict.failure().get());
                }
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d seeds (from %d), %d steps, in %.1f s: %.1f seeds a second; %d failed%n",
                count,
                first,
                steps,
                seconds,
                count / seconds,
                failed.size());
        return failed.isEmpty();
    }
}
