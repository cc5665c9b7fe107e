package dev.linkedrole.outcome;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Entries of a batch call of SNS or SQS: identified by their index, with attributes and a result each. */
final class BatchEntries {

    private BatchEntries() {}

    /** Creates an entry for each event, with its index as its id. */
    static <E> List<E> of(List<CloudEvent> events, BiFunction<String, CloudEvent, E> entry) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> entry.apply(Integer.toString(i), events.get(i)))
                .toList();
    }

    static <A> Map<String, A> attributes(CloudEvent event, Function<String, A> text) {
        Map<String, A> attributes = new HashMap<>();
        event.attributes().forEach((name, value) -> attributes.put(name, text.apply(value)));
        return attributes;
    }

    /** Returns the failure texts of a number of entries, in their order; empty for accepted entries. */
    static <F> List<Optional<String>> results(
            int many, List<F> failed, Function<F, String> id, Function<F, String> why) {
        Map<String, String> reasons = failed.stream().collect(Collectors.toMap(id, why));
        return IntStream.range(0, many)
                .mapToObj(i -> Optional.ofNullable(reasons.get(Integer.toString(i))))
                .toList();
    }
}
