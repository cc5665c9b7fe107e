package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/** The public evaluator, a program of its own that answers all questions in one run. */
final class Evaluator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PROGRAM = Path.of("src", "test", "iam-simulate", "ask");

    /** The first time it is installed, over the network. */
    private static final long MINUTES = 10;

    static final String REFUSED = "refused";

    private Evaluator() {}

    /** The answers to all requests, those for every action of a service one by one. */
    static List<Answer> answers(Path directory, List<Question> questions) {
        return ask(directory, questions, "answer.mjs", new TypeReference<>() {});
    }

    /** Permissions of the roles that are without effect, by the data that the evaluator is made of. */
    static List<Vain> withoutEffect(Path directory, List<Question> questions) {
        return ask(directory, questions, "without-effect.mjs", new TypeReference<>() {});
    }

    /**
     * For each document the answers to its requests in a row, or {@value #REFUSED} where the evaluator takes it for no
     * policy.
     */
    static List<String> verdicts(Path directory, List<Document> documents) {
        return ask(directory, documents, "verdicts.mjs", new TypeReference<>() {});
    }

    /** The answers to all uses, those for every action of a service one by one. */
    static List<Verdict> access(Path directory, List<Access> uses) {
        return ask(directory, uses, "access.mjs", new TypeReference<>() {});
    }

    private static <T> List<T> ask(Path directory, List<?> questions, String with, TypeReference<List<T>> answers) {
        try {
            Files.createDirectories(directory);
            Path asked = directory.resolve("questions.json");
            Path answered = directory.resolve("answers.json");
            Path log = directory.resolve("log");
            JSON.writeValue(asked.toFile(), questions);
            Process program = new ProcessBuilder(
                            "bash", PROGRAM.toString(), asked.toString(), answered.toString(), with)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!program.waitFor(MINUTES, TimeUnit.MINUTES)) {
                program.destroyForcibly();
            }
            assertThat(program.waitFor())
                    .describedAs("%s says: %s", PROGRAM, Files.readString(log))
                    .isZero();
            return JSON.readValue(answered.toFile(), answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * A question about a role.
     *
     * @param role its name
     * @param account where it is
     * @param policies its permission policies
     * @param requests what it is used for
     */
    record Question(String role, String account, List<JsonNode> policies, List<Request> requests) {}

    /**
     * Permission that is without effect.
     *
     * @param role whose
     * @param permission the action as the policy has it, which may stand for several
     * @param action the one that it is about
     * @param since why
     */
    record Vain(String role, String permission, String action, String since) {}

    /**
     * A document that a role may have, and what it is used for.
     *
     * @param account where the role is
     * @param document the policy, or an edited form of it
     * @param trust whether it says who may assume the role, and not what the role may do
     */
    record Document(String account, JsonNode document, boolean trust, List<Use> requests) {}

    /**
     * A use of a resource that has a policy of its own.
     *
     * @param who the caller, for people
     * @param principal the ARN of a role, or the name of a service of AWS
     * @param identityPolicies the caller's own policies
     * @param action such as {@code sqs:SendMessage}; {@code sqs:*} stands for each action of the service
     */
    record Access(
            String who,
            String principal,
            List<JsonNode> identityPolicies,
            JsonNode resourcePolicy,
            String action,
            String resource,
            Map<String, String> context) {}

    /** The answer to a use of a resource. */
    record Verdict(String who, String action, String answer) {

        boolean allowed() {
            return answer.equals("Allowed");
        }
    }

    /** A request by any caller. */
    record Use(String principal, String action, String resource, Map<String, String> context) {}

    /**
     * The evaluator's answer to a request.
     *
     * @param role whose policies were asked
     * @param kind that of the request it is about
     * @param of the action in that request, which may stand for several
     * @param action the action it is about
     * @param resource {@code *} if the action has none
     * @param asked {@code as made}, {@code without resource} if the action has none, or {@code unchecked} if it has,
     *     but none of this type
     * @param answer {@code Allowed}, {@code ImplicitlyDenied} or {@code ExplicitlyDenied}
     */
    record Answer(
            String role,
            Request.Kind kind,
            String of,
            String action,
            String resource,
            SortedMap<String, String> context,
            String asked,
            String answer) {

        boolean allowed() {
            return answer.equals("Allowed");
        }

        /** The request that was answered. */
        Request request() {
            return new Request(kind, action, resource, context);
        }

        @Override
        public String toString() {
            return action + " on " + resource + " with " + context + " (" + kind + ", " + asked + "): " + answer;
        }
    }
}
