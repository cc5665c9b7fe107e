package dev.linkedrole.agreement;

import dev.linkedrole.testing.iam.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generator of requests for a permission: requests that it grants, and requests that differ from those in one respect.
 */
final class Requests {

    private static final String ANY = "*";
    private static final Pattern LOG_STREAMS = Pattern.compile("(:log-group:.*:)\\*$");

    /** Names in the last part of an ARN: a type, a bucket, a bot, its alias... */
    private static final Pattern NAME = Pattern.compile("[^:/]+");

    private Requests() {}

    static Stream<Request> around(Permission permission) {
        Request asGranted = new Request(
                Request.Kind.AS_GRANTED,
                permission.action(),
                sample(permission.resource()),
                Conditions.of(permission).context());
        return Stream.of(
                        Stream.of(asGranted),
                        withOtherValues(permission, asGranted),
                        permission.resource().equals(ANY) ? Stream.<Request>empty() : elsewhere(permission, asGranted),
                        Stream.of(otherActions(asGranted)))
                .flatMap(requests -> requests);
    }

    /** Returns requests for every other action on the same resource. */
    private static Request otherActions(Request request) {
        return new Request(
                Request.Kind.ANOTHER_ACTION,
                request.action().replaceFirst(":.*", ":*"),
                request.resource(),
                request.context());
    }

    private static Stream<Request> withOtherValues(Permission permission, Request request) {
        return Conditions.of(permission).context().keySet().stream().flatMap(key -> {
            SortedMap<String, String> without = new TreeMap<>(request.context());
            without.remove(key);
            SortedMap<String, String> another = new TreeMap<>(request.context());
            another.put(key, "another");
            return Stream.of(
                    new Request(Request.Kind.WITHOUT_CONDITION, request.action(), request.resource(), without),
                    new Request(Request.Kind.ANOTHER_VALUE, request.action(), request.resource(), another));
        });
    }

    private static Stream<Request> elsewhere(Permission permission, Request request) {
        String[] parts = permission.resource().split(":", 6);
        List<Request> requests = new ArrayList<>();
        requests.add(changed(request, Request.Kind.ANOTHER_PARTITION, parts, 1, "aws-elsewhere"));
        if (!parts[3].isEmpty() && !parts[3].equals(ANY)) {
            requests.add(changed(request, Request.Kind.ANOTHER_REGION, parts, 3, "us-east-1"));
        }
        if (!parts[4].isEmpty()) {
            requests.add(changed(request, Request.Kind.ANOTHER_ACCOUNT, parts, 4, "444455556666"));
        }
        names(parts[5]).forEach(name -> {
            requests.add(renamed(request, Request.Kind.ANOTHER_NAME, parts, name, text -> "another"));
            requests.add(renamed(request, Request.Kind.LONGER_NAME, parts, name, text -> text + "x"));
            requests.add(renamed(request, Request.Kind.LONGER_NAME, parts, name, text -> "x" + text));
            requests.add(renamed(
                    request, Request.Kind.SHORTER_NAME, parts, name, text -> text.substring(0, text.length() - 1)));
        });
        // The part that the last name belongs to.
        IntStream.of(parts[5].lastIndexOf('/'), parts[5].lastIndexOf(':'))
                .filter(at -> at > 0)
                .forEach(at ->
                        requests.add(changed(request, Request.Kind.SHORTER_NAME, parts, 5, parts[5].substring(0, at))));
        return requests.stream();
    }

    private static List<MatchResult> names(String resource) {
        return NAME.matcher(resource)
                .results()
                .filter(name -> !name.group().equals(ANY))
                .toList();
    }

    private static Request renamed(
            Request request, Request.Kind kind, String[] parts, MatchResult name, UnaryOperator<String> change) {
        String renamed =
                parts[5].substring(0, name.start()) + change.apply(name.group()) + parts[5].substring(name.end());
        return changed(request, kind, parts, 5, renamed);
    }

    private static Request changed(Request request, Request.Kind kind, String[] parts, int part, String value) {
        String[] others = parts.clone();
        others[part] = value;
        return request.withKind(kind, sample(String.join(":", others)));
    }

    /** Returns one of the resources that a pattern matches. */
    private static String sample(String pattern) {
        return pattern.equals(ANY)
                ? pattern
                : LOG_STREAMS
                        .matcher(pattern)
                        .replaceFirst("$1log-stream:sample")
                        .replace(ANY, "sample");
    }
}
