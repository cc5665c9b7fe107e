package dev.linkedrole.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Work runs on one thread at a time, whichever thread asks for it. */
class DrainLoopTest {

    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final DrainLoop loop = new DrainLoop(this::next);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    private boolean next() {
        Runnable piece = work.poll();
        if (piece == null) {
            return false;
        }
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        piece.run();
        atOnce.decrementAndGet();
        done.incrementAndGet();
        return true;
    }

    @Test
    void all_that_there_is_to_do_is_done_in_its_order() {
        // Given
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            work.add(() -> order.add(number));
        }

        // When
        loop.drain();

        // Then
        assertThat(order).containsExactly(0, 1, 2);
    }

    @Test
    void work_that_asks_for_more_is_not_interrupted_by_it() {
        // Given a hundred thousand pieces, each of which makes the next
        AtomicInteger left = new AtomicInteger(100_000);
        AtomicReference<Runnable> piece = new AtomicReference<>();
        piece.set(() -> {
            if (left.decrementAndGet() > 0) {
                work.add(piece.get());
                loop.drain();
            }
        });
        work.add(piece.get());

        // When
        loop.drain();

        // Then
        assertThat(done).hasValue(100_000);
        assertThat(mostAtOnce).hasValue(1);
    }

    @Test
    void what_is_added_while_another_thread_drains_is_not_left() throws Exception {
        // Given a thread that is in the middle of a piece of work
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        work.add(() -> {
            begun.countDown();
            await(end);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(loop::drain);
            await(begun);

            // When another one adds work and asks for it to be done
            work.add(() -> {});
            loop.drain();

            // Then it does not wait, and the first one does it
            assertThat(done).hasValue(0);
            end.countDown();
            first.get(10, TimeUnit.SECONDS);
            assertThat(done).hasValue(2);
        }
    }

    @Test
    void many_threads_leave_nothing_undone_and_never_work_at_once() {
        // When
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10_000; i++) {
                threads.execute(() -> {
                    work.add(() -> {});
                    loop.drain();
                });
            }
        }

        // Then
        assertThat(done).hasValue(10_000);
        assertThat(mostAtOnce).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
