package org.entente.launcher.territory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.entente.launcher.Trouble;
import org.entente.launcher.engine.Versions;

/** What the build made, and the copy of it that a territory runs: a build must not pull the jars from under a running territory. */
public record Programs(Path root) {

    public Path platform() {
        return root.resolve("platform.jar");
    }

    public String s3ClassPath() {
        return root.resolve("s3/classes") + ":" + root.resolve("s3/lib") + "/*";
    }

    public String readerClassPath() {
        return root.resolve("reader/classes") + ":" + root.resolve("reader/lib") + "/*";
    }

    public String launcherClassPath() {
        return root.resolve("launcher/entente-launcher.jar") + ":" + root.resolve("launcher/lib") + "/*";
    }

    /** Where the build leaves our providers for Keycloak. */
    public static Path keycloakProviders(Path home) {
        return home.resolve("engines/keycloak/target/classes");
    }

    /** Brings the copy up to date with what was built in the clone. */
    public static Programs copyOf(Path home, Path target) throws IOException {
        String version = "-" + Versions.entente() + ".jar";
        Set<Path> kept = new LinkedHashSet<>();
        copy(home.resolve("platform/target/entente-platform" + version), target.resolve("platform.jar"), kept);
        copy(home.resolve("engines/s3/target/classes"), target.resolve("s3/classes"), kept);
        copy(home.resolve("engines/s3/target/lib"), target.resolve("s3/lib"), kept);
        copy(home.resolve("engines/reader/target/classes"), target.resolve("reader/classes"), kept);
        copy(home.resolve("engines/reader/target/lib"), target.resolve("reader/lib"), kept);
        copy(
                home.resolve("launcher/target/entente-launcher" + version),
                target.resolve("launcher/entente-launcher.jar"),
                kept);
        copy(home.resolve("launcher/target/lib"), target.resolve("launcher/lib"), kept);
        try (Stream<Path> all = Files.walk(target)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!kept.contains(file)) {
                    Files.delete(file);
                }
            }
        }
        return new Programs(target);
    }

    private static void copy(Path from, Path to, Set<Path> kept) throws IOException {
        if (!Files.exists(from)) {
            throw new Trouble("The build did not make " + from + ". Build again: ./entente build");
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = Files.isRegularFile(from)
                    ? to
                    : to.resolve(from.relativize(file).toString());
            kept.add(target);
            if (Files.exists(target)
                    && Files.size(target) == Files.size(file)
                    && Files.getLastModifiedTime(target).equals(Files.getLastModifiedTime(file))) {
                continue;
            }
            Files.createDirectories(
                    to.relativize(target).getNameCount() > 0
                            ? target.resolveSibling(".").normalize()
                            : to);
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
