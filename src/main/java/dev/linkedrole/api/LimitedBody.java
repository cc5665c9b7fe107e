package dev.linkedrole.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** Body of a request that fails as soon as more of it has come than may. */
final class LimitedBody extends FilterInputStream {

    private final Supplier<? extends RuntimeException> tooLarge;
    private long left;

    /**
     * A body of which nothing was read yet.
     *
     * @param most the bytes that may come
     * @param tooLarge what it fails with if there are more
     */
    LimitedBody(InputStream body, long most, Supplier<? extends RuntimeException> tooLarge) {
        super(body);
        this.left = most;
        this.tooLarge = tooLarge;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw tooLarge.get();
        }
    }
}
