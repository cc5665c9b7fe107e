package dev.linkedrole.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response;

/**
 * An error response in the format of RFC 9457.
 *
 * @param type identifies the kind of error
 * @param title the same in words
 * @param status the HTTP status
 * @param detail explains the fault of this request
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
// Nothing that returns one says so: filters and exception mappers write it.
@RegisterForReflection
public record Problem(String type, String title, int status, String detail) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(Response.StatusType status, String detail) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail);
    }

    public static Response response(Response.StatusType status, String detail) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(of(status, detail))
                .build();
    }
}
