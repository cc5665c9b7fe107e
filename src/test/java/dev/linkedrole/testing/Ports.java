package dev.linkedrole.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for services that tests start. A service listens seconds after its port was chosen, so a port is claimed for as
 * long as this process lives, by a lock that other test processes see. Operating systems assign other ports to
 * connections.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private static final Path CLAIMS = Path.of(System.getProperty("java.io.tmpdir"), "linked-role-ports");

    /** References that keep the locks: a lock ends when its channel is collected. */
    private static final Queue<FileChannel> CLAIMED = new ConcurrentLinkedQueue<>();

    private Ports() {}

    /** Returns a port that nothing listens on, and that no other test gets. */
    public static int free() {
        try {
            Files.createDirectories(CLAIMS);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
                if (claims(port) && isFree(port)) {
                    return port;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no port can be claimed", e);
        }
        throw new IllegalStateException("no port is free");
    }

    private static boolean claims(int port) throws IOException {
        FileChannel channel = FileChannel.open(
                CLAIMS.resolve(String.valueOf(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                channel.close();
                return false;
            }
        } catch (OverlappingFileLockException ours) {
            // Closing the channel would end the lock that this process has.
            CLAIMED.add(channel);
            return false;
        }
        CLAIMED.add(channel);
        return true;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
