package dev.linkedrole.connect.aws;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import mutiny.zero.flow.adapters.AdaptersToReactiveStreams;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** One HTTP request without a body, and its answer, whose body is bounded. */
final class HttpExchange implements SdkAsyncHttpResponseHandler {

    private final int maxBody;
    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private volatile @Nullable SdkHttpResponse head;

    private HttpExchange(int maxBody) {
        this.maxBody = maxBody;
    }

    /**
     * Sends a request.
     *
     * @param maxBody maximum length of the answer's body, in bytes
     * @return fails with an {@link IOException} if there is no answer, or too long a one
     */
    static Uni<HttpAnswer> send(SdkAsyncHttpClient http, SdkHttpRequest request, int maxBody) {
        return Uni.createFrom().deferred(() -> {
            HttpExchange exchange = new HttpExchange(maxBody);
            CompletableFuture<Void> execution = http.execute(AsyncExecuteRequest.builder()
                    .request(request)
                    .requestContentPublisher(new NoContent())
                    .responseHandler(exchange)
                    .build());
            Uni.createFrom()
                    .completionStage(execution)
                    .subscribe()
                    .with(done -> {}, exchange.answer::completeExceptionally);
            // After a time-out or too long a body the connection is of no use any more.
            return Uni.createFrom()
                    .completionStage(exchange.answer)
                    .onFailure()
                    .invoke(() -> execution.cancel(true))
                    .onCancellation()
                    .invoke(() -> execution.cancel(true));
        });
    }

    @Override
    public void onHeaders(SdkHttpResponse headers) {
        head = headers;
    }

    @Override
    public void onStream(Publisher<ByteBuffer> stream) {
        Multi.createFrom()
                .publisher(AdaptersToFlow.publisher(stream))
                .collect()
                .in(ByteArrayOutputStream::new, this::append)
                .subscribe()
                .with(body -> complete(body.toByteArray()), answer::completeExceptionally);
    }

    private void append(ByteArrayOutputStream body, ByteBuffer part) {
        if (body.size() + part.remaining() > maxBody) {
            BodyTooLongException tooLong = new BodyTooLongException(maxBody);
            // First, since the end of the stream that follows is reported as a failure of its own.
            answer.completeExceptionally(tooLong);
            throw tooLong;
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        body.writeBytes(bytes);
    }

    private void complete(byte[] body) {
        SdkHttpResponse known = head;
        if (known == null) {
            answer.completeExceptionally(new IOException("an answer without a status"));
        } else {
            answer.complete(new HttpAnswer(known, body));
        }
    }

    @Override
    public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    /** A body that is longer than any answer to a page can be. */
    static final class BodyTooLongException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BodyTooLongException(int most) {
            super("its body has more than " + most + " bytes");
        }
    }

    private static final class NoContent implements SdkHttpContentPublisher {

        @Override
        public Optional<Long> contentLength() {
            return Optional.of(0L);
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            AdaptersToReactiveStreams.publisher(Multi.createFrom().<ByteBuffer>empty())
                    .subscribe(subscriber);
        }
    }
}
