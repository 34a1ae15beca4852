package org.entente.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The one secret that is not in the database and opens what is kept closed in it: {@code entente.certificate.secret}, the same on
 * every node, or a file of the data folder that only the platform may read, made at first use.
 */
@Component
public class PlatformSecret {

    private final String setting;
    private final Path file;

    PlatformSecret(@Value("${entente.certificate.secret:}") String setting, @Value("${entente.data:data}") Path data) {
        this.setting = setting;
        this.file = data.resolve("certificate.secret");
    }

    public String value() {
        return setting.isBlank() ? ofTheFile() : setting;
    }

    /** Where it is, for a message to an operator: never what it is. */
    public String place() {
        return setting.isBlank() ? file.toString() : "entente.certificate.secret";
    }

    /** Linked into its place when it is whole: two nodes that start at once agree on one. */
    private String ofTheFile() {
        try {
            if (!Files.exists(file)) {
                byte[] made = new byte[32];
                new SecureRandom().nextBytes(made);
                FileAttribute<Set<PosixFilePermission>> mine =
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                Path folder = file.toAbsolutePath().getParent();
                Files.createDirectories(folder);
                Path whole = Files.createTempFile(folder, "certificate", ".secret", mine);
                try {
                    Files.writeString(whole, Base64.getEncoder().encodeToString(made));
                    Files.createLink(file, whole);
                } catch (FileAlreadyExistsException e) {
                    return Files.readString(file).strip();
                } finally {
                    Files.delete(whole);
                }
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
