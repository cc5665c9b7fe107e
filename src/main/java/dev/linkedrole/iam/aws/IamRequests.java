package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.iam.model.Tag;

/** IAM calls by the SDK: classifies their failures and converts their arguments and results. */
final class IamRequests {

    private IamRequests() {}

    static Collection<Tag> tags(SortedMap<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    static Map<String, String> tagsOf(Collection<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    /**
     * Decodes a policy. IAM returns policies URL-encoded (RFC 3986: a plus is a plus, and a space is %20). Some
     * emulators do not encode, or not in {@code GetPolicyVersion}; a text that begins as JSON is therefore returned
     * unchanged.
     */
    static String decode(String document) {
        if (document.stripLeading().startsWith("{")) {
            return document;
        }
        try {
            return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return document;
        }
    }

    static Uni<Optional<String>> gone(String operation, Supplier<CompletionStage<?>> call) {
        return done(operation, call)
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(Optional.empty());
    }

    static Uni<Optional<String>> done(String operation, Supplier<CompletionStage<?>> call) {
        return call(operation, call::get).replaceWith(Optional.empty());
    }

    static <T> Uni<T> call(String operation, Supplier<CompletionStage<? extends T>> call) {
        return Uni.createFrom()
                .<T>completionStage(() -> call.get().thenApply(response -> response))
                .onFailure()
                .transform(failure -> IamErrors.classify(operation, failure));
    }

    static <T> Multi<T> pages(String operation, Supplier<SdkPublisher<T>> pages) {
        return Multi.createFrom()
                .deferred(() -> Multi.createFrom().publisher(AdaptersToFlow.publisher(pages.get())))
                .onFailure()
                .transform(failure -> IamErrors.classify(operation, failure));
    }
}
