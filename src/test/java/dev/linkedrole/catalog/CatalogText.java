package dev.linkedrole.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The example catalog, which tests modify. */
final class CatalogText {

    /** Path of the example catalog. */
    static final Path FILE = Path.of("docs", "catalogs", "lighthouse.yaml");

    static final String LIGHTHOUSE = read();

    private CatalogText() {}

    private static String read() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
