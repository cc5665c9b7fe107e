package dev.linkedrole.connect.aws;

import dev.linkedrole.connect.LexVersion;
import dev.linkedrole.role.model.InstanceId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request to Amazon Connect: always a GET without a body.
 *
 * @param operation name of the operation in the API
 * @param path path with its parameters filled in; none of them needs encoding
 * @param query parameters of the query
 * @see <a href="https://docs.aws.amazon.com/connect/latest/APIReference/API_Operations.html">Amazon Connect's API</a>
 */
record ConnectCall(String operation, String path, SortedMap<String, String> query) {

    static ConnectCall listInstances(Optional<String> from) {
        return page("ListInstances", "/instance", 10, from, Map.of());
    }

    static ConnectCall describeInstance(InstanceId id) {
        return new ConnectCall("DescribeInstance", "/instance/" + id, new TreeMap<>());
    }

    static ConnectCall listInstanceStorageConfigs(InstanceId id, String type, Optional<String> from) {
        return page(
                "ListInstanceStorageConfigs",
                "/instance/" + id + "/storage-configs",
                10,
                from,
                Map.of("resourceType", type));
    }

    static ConnectCall listBots(InstanceId id, LexVersion version, Optional<String> from) {
        return page("ListBots", "/instance/" + id + "/bots", 25, from, Map.of("lexVersion", version.name()));
    }

    static ConnectCall listIntegrationAssociations(InstanceId id, Optional<String> from) {
        return page(
                "ListIntegrationAssociations", "/instance/" + id + "/integration-associations", 100, from, Map.of());
    }

    static ConnectCall listInstanceAttributes(InstanceId id, Optional<String> from) {
        return page("ListInstanceAttributes", "/instance/" + id + "/attributes", 7, from, Map.of());
    }

    private static ConnectCall page(
            String operation, String path, int most, Optional<String> from, Map<String, String> others) {
        SortedMap<String, String> query = new TreeMap<>(others);
        query.put("maxResults", String.valueOf(most));
        from.ifPresent(token -> query.put("nextToken", token));
        return new ConnectCall(operation, path, query);
    }
}
