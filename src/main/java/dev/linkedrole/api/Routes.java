package dev.linkedrole.api;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Paths of the API with their methods. Several resources share one path, and the framework answers "not found" where
 * one of them lacks a method that another one may have.
 */
final class Routes {

    /** All routes of the API. */
    static final List<Route> ALL = List.of(
            new Route("/api/roles", List.of("GET")),
            new Route("/api/roles/{id}", List.of("GET", "PATCH", "POST")),
            new Route("/api/roles/{id}/history", List.of("GET")),
            new Route("/api/roles/{id}/policy", List.of("GET")),
            new Route("/api/roles/{id}/permissions", List.of("GET")),
            new Route("/api/roles/{id}/reconcile", List.of("POST")),
            new Route("/api/dead-letters", List.of("GET")),
            new Route("/api/dead-letters/redrive", List.of("POST")),
            new Route("/api/roles/{id}/release", List.of("POST")),
            new Route("/api/pauses", List.of("GET")),
            new Route("/api/pauses/all", List.of("DELETE", "PUT")),
            new Route("/api/pauses/account/{account}", List.of("DELETE", "PUT")),
            new Route("/api/pauses/role/{id}", List.of("DELETE", "PUT")),
            new Route("/api/imports", List.of("GET", "POST")),
            new Route("/api/imports/{id}", List.of("GET")),
            new Route("/api/plan", List.of("GET")),
            new Route("/api/plan/release", List.of("POST")),
            new Route("/api/ledger", List.of("GET")),
            new Route("/api/ledger/adopt", List.of("POST")),
            new Route("/api/ledger/rebuild", List.of("POST")),
            new Route("/api/features", List.of("GET")));

    private Routes() {}

    /**
     * A path with its methods.
     *
     * @param template path with names in braces for its variable segments
     * @param methods in alphabetical order
     */
    record Route(String template, List<String> methods) {

        private boolean leadsTo(String path) {
            return Pattern.matches(template.replaceAll("\\{\\w+}", "[^/]+") + "/?", path);
        }
    }

    /** Returns the methods of a path; none if there is no such path. */
    static List<String> methods(String path) {
        String absolute = path.startsWith("/") ? path : "/" + path;
        return ALL.stream()
                .filter(route -> route.leadsTo(absolute))
                .findFirst()
                .map(Route::methods)
                .orElse(List.of());
    }
}
