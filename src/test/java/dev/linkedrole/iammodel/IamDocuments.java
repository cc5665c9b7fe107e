package dev.linkedrole.iammodel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Validates policies as IAM does, and returns them in its form.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar of the IAM
 *     JSON policy language</a>
 */
final class IamDocuments {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]*");
    private static final Pattern ACTION = Pattern.compile("\\*|[a-z0-9-]+:[A-Za-z0-9*?]+");
    private static final Pattern RESOURCE = Pattern.compile("\\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+");

    private IamDocuments() {}

    static void requirePermissions(String document) {
        Set<String> sids = new HashSet<>();
        for (JsonNode statement : statements(document)) {
            require(statement.hasNonNull("Effect"), "Missing required field Effect");
            require(statement.has("Action") ^ statement.has("NotAction"), "Policy statement must contain actions.");
            require(
                    statement.has("Resource") ^ statement.has("NotResource"),
                    "Policy statement must contain resources.");
            require(!statement.has("Principal"), "Policy document should not specify a principal.");
            texts(statement.path("Action"))
                    .forEach(action -> require(ACTION.matcher(action).matches(), "Invalid action: " + action));
            texts(statement.path("Resource"))
                    .forEach(resource -> require(
                            RESOURCE.matcher(resource).matches(),
                            "Resource " + resource + " must be in ARN format or \"*\"."));
            requireSid(statement, sids);
        }
    }

    static void requireTrust(String document) {
        for (JsonNode statement : statements(document)) {
            require(statement.has("Principal"), "AssumeRole policy must contain a principal");
            require(!statement.has("Resource"), "Has prohibited field Resource");
            require(statement.hasNonNull("Effect") && statement.has("Action"), "Missing required field");
        }
    }

    private static void requireSid(JsonNode statement, Set<String> sids) {
        String sid = statement.path("Sid").asText("");
        require(SID.matcher(sid).matches(), "Statement IDs (SID) in a single policy must be alpha numeric.");
        require(sid.isEmpty() || sids.add(sid), "Statement IDs (SID) in a single policy must be unique.");
    }

    private static List<JsonNode> statements(String document) {
        JsonNode policy;
        try {
            policy = MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            throw IamFaults.malformed("This policy contains invalid Json");
        }
        require(policy.isObject(), "Syntax errors in policy.");
        require(policy.path("Version").asText("2008-10-17").matches("2012-10-17|2008-10-17"), "Invalid version");
        List<JsonNode> statements = items(policy.path("Statement")).toList();
        require(!statements.isEmpty() && statements.stream().allMatch(JsonNode::isObject), "Syntax errors in policy.");
        return statements;
    }

    private static Stream<String> texts(JsonNode node) {
        return items(node).map(JsonNode::asText);
    }

    private static Stream<JsonNode> items(JsonNode node) {
        if (node.isMissingNode()) {
            return Stream.empty();
        }
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw IamFaults.malformed(otherwise);
        }
    }

    /** Encodes a document as in IAM's answers: URL-encoded (RFC 3986). */
    static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
