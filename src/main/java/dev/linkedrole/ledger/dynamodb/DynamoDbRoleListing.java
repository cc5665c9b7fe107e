package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.ledger.dynamodb.item.RoleItem;
import dev.linkedrole.ledger.listing.RoleFilter;
import dev.linkedrole.ledger.listing.RoleListing;
import dev.linkedrole.ledger.listing.RolePage;
import dev.linkedrole.ledger.listing.RoleSummary;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Listing of all roles by pages of an index. Its partitions are the first digits of the ids, so reading them one after
 * the other gives the order of the ids, and an id is enough to continue.
 *
 * <p>The index of pending roles cannot serve this, since it is ordered by time.
 */
public final class DynamoDbRoleListing implements RoleListing {

    /**
     * Maximum number of roles examined for one page, whether or not they match the filter; bounds the work if few
     * match.
     */
    private static final int MAX_EXAMINED = 2_000;

    private static final String INDEX = "roles";
    private static final String DIGITS = "0123456789abcdef";

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;
    private final int mostExamined;

    public DynamoDbRoleListing(DynamoDbAsyncClient dynamoDb, String table) {
        this(dynamoDb, table, MAX_EXAMINED);
    }

    public DynamoDbRoleListing(DynamoDbAsyncClient dynamoDb, String table, int mostExamined) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.mostExamined = mostExamined;
    }

    @Override
    public Uni<RolePage> page(RoleFilter filter, Optional<InstanceId> after, int limit) {
        Search search = new Search(filter, limit);
        return translated(after.map(id -> search.from(DIGITS.indexOf(RoleItem.shard(id)), id.value()))
                .orElseGet(() -> search.from(0, "")));
    }

    /** Search for the roles of one page, shard after shard. */
    private final class Search {

        private final RoleFilter filter;
        private final int limit;
        private final List<RoleSummary> found = new ArrayList<>();
        private int examined;

        Search(RoleFilter filter, int limit) {
            this.filter = filter;
            this.limit = limit;
        }

        Uni<RolePage> from(int shard, String after) {
            return Uni.createFrom()
                    .completionStage(() -> dynamoDb.query(request(shard, after)))
                    .flatMap(response -> goOn(shard, response));
        }

        private Uni<RolePage> goOn(int shard, QueryResponse response) {
            response.items().forEach(item -> found.add(summary(item)));
            examined += response.scannedCount();
            if (found.size() > limit) {
                List<RoleSummary> page = found.subList(0, limit);
                return page(page, Optional.of(page.getLast().instance()));
            }
            boolean full = found.size() == limit || examined >= mostExamined;
            if (response.hasLastEvaluatedKey() && !response.lastEvaluatedKey().isEmpty()) {
                String last = string(response.lastEvaluatedKey(), Attributes.PK);
                return full ? page(found, Optional.of(new InstanceId(last))) : from(shard, last);
            }
            if (shard == DIGITS.length() - 1) {
                return page(found, Optional.empty());
            }
            return full ? page(found, Optional.of(endOf(shard))) : from(shard + 1, "");
        }

        private QueryRequest request(int shard, String after) {
            Map<String, AttributeValue> arguments = new HashMap<>();
            arguments.put(":shard", string(DIGITS.substring(shard, shard + 1)));
            // The name is a reserved word of DynamoDB.
            String key = "#shard = :shard";
            if (!after.isEmpty()) {
                arguments.put(":after", string(after));
                key += " AND pk > :after";
            }
            QueryRequest.Builder request = QueryRequest.builder()
                    .tableName(table)
                    .indexName(INDEX)
                    .keyConditionExpression(key)
                    .expressionAttributeNames(Map.of("#shard", Attributes.SHARD))
                    .limit(filter == RoleFilter.ALL ? limit - found.size() : mostExamined - examined);
            condition(filter, arguments).ifPresent(request::filterExpression);
            return request.expressionAttributeValues(arguments).build();
        }
    }

    private static Uni<RolePage> page(List<RoleSummary> roles, Optional<InstanceId> next) {
        return Uni.createFrom().item(new RolePage(roles, next));
    }

    /** Returns the last possible id of a shard. */
    private static InstanceId endOf(int shard) {
        return new InstanceId(DIGITS.charAt(shard) + "fffffff-ffff-ffff-ffff-ffffffffffff");
    }

    private static Optional<String> condition(RoleFilter filter, Map<String, AttributeValue> arguments) {
        return switch (filter) {
            case ALL -> Optional.empty();
            case LIVE, DELETED, UNANNOUNCED, RELEASED -> {
                arguments.put(":lifecycle", string(filter.word()));
                yield Optional.of("lifecycle = :lifecycle");
            }
            case PENDING -> Optional.of("appliedRevision < revision");
            case FAILING -> Optional.of("attribute_exists(conditions)");
        };
    }

    private static RoleSummary summary(Map<String, AttributeValue> item) {
        return new RoleSummary(
                new InstanceId(string(item, Attributes.PK)),
                string(item, Attributes.LIFECYCLE),
                optional(item, Attributes.ROLE_NAME).map(AttributeValue::s),
                number(item, Attributes.REVISION),
                number(item, Attributes.APPLIED_REVISION),
                RoleItem.conditions(item));
    }
}
