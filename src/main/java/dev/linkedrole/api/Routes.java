package dev.linkedrole.api;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The paths of the API with the methods that each has. Several resources share one path, and the framework says "not found" where one of
 * them has not the method that another one might.
 */
final class Routes {

    /** All there are. */
    static final List<Route> ALL = List.of(
            new Route("/api/roles", List.of("GET")),
            new Route("/api/roles/{id}", List.of("GET", "PATCH", "POST")),
            new Route("/api/roles/{id}/history", List.of("GET")),
            new Route("/api/roles/{id}/policy", List.of("GET")),
            new Route("/api/roles/{id}/permissions", List.of("GET")),
            new Route("/api/roles/{id}/reconcile", List.of("POST")),
            new Route("/api/ledger", List.of("GET")),
            new Route("/api/ledger/adopt", List.of("POST")),
            new Route("/api/features", List.of("GET")));

    private Routes() {}

    /**
     * A path.
     *
     * @param template with names in braces for what varies
     * @param methods in the order of the alphabet
     */
    record Route(String template, List<String> methods) {

        private boolean leadsTo(String path) {
            return Pattern.matches(template.replaceAll("\\{\\w+}", "[^/]+") + "/?", path);
        }
    }

    /** The methods that a path has; none if there is no such path. */
    static List<String> methods(String path) {
        String absolute = path.startsWith("/") ? path : "/" + path;
        return ALL.stream()
                .filter(route -> route.leadsTo(absolute))
                .findFirst()
                .map(Route::methods)
                .orElse(List.of());
    }
}
