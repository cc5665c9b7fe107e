package dev.linkedrole.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void no_port_is_given_twice() {
        List<Integer> given =
                IntStream.range(0, 200).mapToObj(i -> Ports.free()).toList();

        assertThat(given).doesNotHaveDuplicates();
    }

    @Test
    void a_port_stays_claimed_as_long_as_the_process_lives() throws IOException {
        // Given
        int port = Ports.free();
        Path claim = Path.of(System.getProperty("java.io.tmpdir"), "linked-role-ports", String.valueOf(port));

        // Then
        FileChannel again = FileChannel.open(claim, StandardOpenOption.WRITE);
        assertThatThrownBy(again::tryLock).isInstanceOf(OverlappingFileLockException.class);
    }
}
