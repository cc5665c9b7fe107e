package dev.linkedrole.demo;

import dev.linkedrole.connectmodel.ModelAnswer;
import dev.linkedrole.connectmodel.ModelConnect;
import dev.linkedrole.connectmodel.ModelInstance;
import dev.linkedrole.connectmodel.ModelRequest;
import dev.linkedrole.testing.Instance;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * Contact centre of the demo: what Amazon Connect has, in the model of it that is held to the public API. No emulator
 * answers the calls that read an instance's settings.
 */
final class ContactCentre {

    private final ModelConnect connect = new ModelConnect(Clock.systemUTC());

    ContactCentre() {
        connect.limitRate();
    }

    /** Takes an instance as it is now, in the place of what it was. */
    void has(ModelInstance instance) {
        connect.add(instance);
    }

    void deletes(Instance instance) {
        connect.remove(instance.arn());
    }

    /** True if every request and every answer fitted the API, and none came too soon. */
    boolean fits() {
        return connect.misfits().isEmpty() && connect.throttled() == 0;
    }

    int requests() {
        return connect.requests().size();
    }

    /** Answers a request. The local AWS takes any key; the model tells accounts by theirs. */
    ModelAnswer answer(ModelRequest request) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.computeIfPresent(
                "authorization",
                (name, signed) -> signed.replaceFirst(
                        "Credential=[^/]+/", "Credential=" + ModelConnect.accessKey(Instance.ACCOUNT) + "/"));
        return connect.answer(new ModelRequest(request.method(), request.path(), request.query(), headers));
    }
}
