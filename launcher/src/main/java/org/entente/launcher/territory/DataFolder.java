package org.entente.launcher.territory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where things are in a territory's folder: all that a backup needs is in it, and nothing else. */
public record DataFolder(Path root) {

    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path secrets() {
        return root.resolve("secrets.properties");
    }

    public Path postgresql() {
        return root.resolve("postgresql");
    }

    public Path keycloak() {
        return root.resolve("keycloak");
    }

    public Path objects() {
        return root.resolve("objects");
    }

    /** What the platform keeps outside its database: keys, the ledger's witnesses. */
    public Path platform() {
        return root.resolve("platform");
    }

    /** Mail that had nowhere to go. */
    public Path outbox() {
        return root.resolve("outbox");
    }

    /** Copies of the programs, so that a build never changes what is running. */
    public Path programs() {
        return root.resolve("programs");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path log(String engine) {
        return root.resolve("logs").resolve(engine + ".log");
    }

    /** Makes the folders, for their owner alone. */
    public void make() throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        for (Path folder :
                java.util.List.of(objects(), platform(), outbox(), programs(), run(), root.resolve("logs"))) {
            Files.createDirectories(folder);
        }
    }
}
