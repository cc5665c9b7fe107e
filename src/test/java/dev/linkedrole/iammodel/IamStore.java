package dev.linkedrole.iammodel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An account over time. A call may see an earlier state, since IAM is eventually consistent; writes apply to the
 * present state.
 *
 * @see
 *     <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html#troubleshoot_general_eventual-consistency">Changes
 *     that I make are not always immediately visible</a>
 */
final class IamStore {

    /** Maximum number of earlier states, above the number of writes during the longest lag. */
    private static final int PAST = 256;

    private final InstantSource clock;
    private final Supplier<Duration> lag;
    private final Deque<Snapshot> past = new ArrayDeque<>();
    private ModelAccount now = new ModelAccount();

    IamStore(InstantSource clock, Supplier<Duration> lag) {
        this.clock = clock;
        this.lag = lag;
    }

    private record Snapshot(Instant until, ModelAccount account) {}

    synchronized <T> T read(Function<ModelAccount, T> question) {
        settle();
        return question.apply(seen());
    }

    /** Changes the account as a whole or, if the change fails, not at all. */
    synchronized <T> T write(Function<ModelAccount, T> change) {
        settle();
        ModelAccount next = now.copy();
        T answer = change.apply(next);
        replace(next);
        return answer;
    }

    /** Changes a role that has to be visible to the call. */
    synchronized <T> T writeRole(String name, Function<ModelRole, T> change) {
        settle();
        seen().role(name);
        return write(account -> change.apply(account.role(name)));
    }

    /** Returns the present state of the account, regardless of lag. */
    synchronized ModelAccount now() {
        settle();
        return now;
    }

    Instant time() {
        return clock.instant();
    }

    private ModelAccount seen() {
        Instant as = clock.instant().minus(lag.get());
        // The oldest state that was valid at that time.
        return past.stream()
                .filter(snapshot -> snapshot.until().isAfter(as))
                .findFirst()
                .map(Snapshot::account)
                .orElse(now);
    }

    private void replace(ModelAccount next) {
        past.addLast(new Snapshot(clock.instant(), now));
        if (past.size() > PAST) {
            past.removeFirst();
        }
        now = next.frozen();
    }

    /** Ends the deletions that are due. */
    private void settle() {
        ModelAccount next = null;
        Iterator<ModelDeletion> ended = now.deletions.values().stream()
                .filter(deletion -> !deletion.endsAt().isAfter(clock.instant()))
                .filter(deletion -> deletion.usedBy() == null)
                .iterator();
        while (ended.hasNext()) {
            next = gone(next, ended.next());
        }
        if (next != null) {
            replace(next);
        }
    }

    private @Nullable ModelAccount gone(@Nullable ModelAccount next, ModelDeletion deletion) {
        Optional<ModelRole> role = now.findRole(deletion.role());
        // A role created since under the same name is another one.
        if (role.isEmpty() || !role.get().created.isBefore(deletion.endsAt())) {
            return next;
        }
        ModelAccount account = next == null ? now.copy() : next;
        account.roles.remove(ModelAccount.key(deletion.role()));
        return account;
    }
}
