package dev.linkedrole.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** Request body that fails as soon as more than a number of bytes was read. */
final class LimitedBody extends FilterInputStream {

    private final Supplier<? extends RuntimeException> tooLarge;
    private long left;

    /**
     * Creates a body of which nothing was read yet.
     *
     * @param most maximum number of bytes
     * @param tooLarge creates the failure if there are more
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
