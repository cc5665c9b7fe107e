package dev.linkedrole.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Reader of the files of the published contract. */
final class ContractFile {

    private static final String DIRECTORY = "/META-INF/resources";

    private ContractFile() {}

    /** Reads the file that is served under a path. */
    static byte[] read(String path) {
        try (InputStream file = ContractFile.class.getResourceAsStream(DIRECTORY + path)) {
            return Objects.requireNonNull(file, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
