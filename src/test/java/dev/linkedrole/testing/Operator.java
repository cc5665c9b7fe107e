package dev.linkedrole.testing;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;

/** Authorized caller of the API. */
public final class Operator {

    public static final String USER = "operator";
    public static final String PASSWORD = "a password of the tests";
    public static final String TOKEN = "a-token-of-the-tests";

    private Operator() {}

    /** A request to a service that runs as a process of its own. */
    public static RequestSpecification asks(URI api) {
        return asks().baseUri(api.toString()).port(api.getPort());
    }

    /** A request that carries the password. */
    public static RequestSpecification asks() {
        return RestAssured.given().auth().preemptive().basic(USER, PASSWORD).accept(ContentType.JSON);
    }
}
