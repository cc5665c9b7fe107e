package dev.linkedrole.connectmodel;

import io.smallrye.mutiny.Multi;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import mutiny.zero.flow.adapters.AdaptersToReactiveStreams;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** HTTP client that hands each request to a model in the same process, and so has an answer at once, in virtual time. */
public class InProcessConnect implements SdkAsyncHttpClient {

    private final Function<ModelRequest, ModelAnswer> answers;

    public InProcessConnect(Function<ModelRequest, ModelAnswer> answers) {
        this.answers = answers;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest call) {
        Map<String, String> headers = new HashMap<>();
        call.request()
                .forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        URI uri = call.request().getUri();
        ModelAnswer answer = answers.apply(new ModelRequest(
                call.request().method().name(), uri.getPath(), ConnectServer.query(uri.getRawQuery()), headers));
        SdkHttpResponse.Builder head = SdkHttpResponse.builder().statusCode(answer.status());
        answer.headers().forEach(head::appendHeader);
        call.responseHandler().onHeaders(head.build());
        call.responseHandler()
                .onStream(AdaptersToReactiveStreams.publisher(
                        Multi.createFrom().item(ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)))));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
}
