package org.entente.launcher.territory;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import org.entente.launcher.Trouble;

/** What engines know each other by: drawn at the first start, kept in one file that only its owner reads. */
public final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final Properties values;

    private Secrets(Path file, Properties values) {
        this.file = file;
        this.values = values;
    }

    /** Reads them, and draws those that are not there yet. */
    public static Secrets keep(Path file) throws IOException {
        Properties values = load(file);
        Secrets secrets = new Secrets(file, values);
        boolean drawn = false;
        for (Name name : Name.values()) {
            if (values.putIfAbsent(name.key(), random()) == null) {
                drawn = true;
            }
        }
        if (drawn) {
            secrets.store();
        }
        return secrets;
    }

    /** Reads them; there must have been a first start. */
    public static Secrets read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new Trouble("There is no territory in " + file.getParent() + " yet: ./entente up makes one.");
        }
        if (!Files.isReadable(file)) {
            throw new Trouble("The territory in " + file.getParent() + " belongs to " + Files.getOwner(file)
                    + ": run this command as that user or as root.");
        }
        return new Secrets(file, load(file));
    }

    public enum Name {
        POSTGRESQL,
        PLATFORM_DATABASE,
        KEYCLOAK_DATABASE,
        KEYCLOAK_ADMIN,
        S3_KEY,
        S3_SECRET,
        CONSOLE;

        private String key() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public String get(Name name) {
        String value = values.getProperty(name.key());
        if (value == null) {
            throw new Trouble(
                    "The secret \"" + name.key() + "\" is missing in " + file + ": restore this file from a backup.");
        }
        return value;
    }

    private static Properties load(Path file) throws IOException {
        Properties values = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                values.load(in);
            }
        }
        return values;
    }

    private void store() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer out = Files.newBufferedWriter(next)) {
            values.store(out, "Secrets of this territory. Never copy them anywhere but into a backup.");
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
