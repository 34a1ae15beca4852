package org.entente.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
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

    private String ofTheFile() {
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                Files.createDirectories(file.toAbsolutePath().getParent());
                try {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    Files.writeString(file, Base64.getEncoder().encodeToString(random));
                } catch (FileAlreadyExistsException e) {
                    return Files.readString(file).strip();
                }
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
