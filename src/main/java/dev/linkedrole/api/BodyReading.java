package dev.linkedrole.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Interceptor of every body that is read: it is read no further than the {@link BodyLimit}. */
@Provider
public class BodyReading implements ReaderInterceptor {

    private final BodyLimit limit;

    @Inject
    BodyReading(BodyLimit limit) {
        this.limit = limit;
    }

    @Override
    public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(limit.limit(context.getInputStream()));
        return context.proceed();
    }
}
