package dev.linkedrole.testing;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** Authorized caller of the API of the service under {@code @QuarkusTest}. */
public final class Operator {

    public static final String USER = "operator";
    public static final String PASSWORD = "a password of the tests";
    public static final String TOKEN = "a-token-of-the-tests";

    private Operator() {}

    /** A request that carries the password. */
    public static RequestSpecification asks() {
        return RestAssured.given().auth().preemptive().basic(USER, PASSWORD).accept(ContentType.JSON);
    }
}
