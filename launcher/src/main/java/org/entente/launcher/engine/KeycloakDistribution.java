package org.entente.launcher.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The stock Keycloak with our providers in it, built once for each set of providers into a shared folder: Keycloak's own build takes
 * more than half a minute, so no second start may need it.
 */
public final class KeycloakDistribution {

    private static final int KEPT = 4;

    private final Path home;

    private KeycloakDistribution(Path home) {
        this.home = home;
    }

    /**
     * @param engines folder that keeps unpacked engines
     * @param zip the stock distribution
     * @param providers our providers: jars, or folders of classes that are made into one
     */
    public static KeycloakDistribution install(Path engines, Path zip, List<Path> providers)
            throws IOException, InterruptedException {
        Path home = place(engines, zip, providers);
        if (!isWhole(home)) {
            try (FolderLock lock = FolderLock.take(engines)) {
                if (!isWhole(home)) {
                    Folders.delete(home);
                    unpack(zip, home);
                    addProviders(providers, home.resolve("providers"));
                    RunAs.own(home);
                    build(home);
                    seal(home);
                    forgetOld(engines);
                }
            }
        }
        return new KeycloakDistribution(home);
    }

    /** Each change of a provider makes another one: those that nobody can be running any more are removed. */
    private static void forgetOld(Path engines) throws IOException {
        List<Path> all;
        try (Stream<Path> folders = Files.list(engines)) {
            all = folders.map(folder -> folder.resolve(".complete"))
                    .filter(complete -> complete.toString()
                            .startsWith(engines.resolve("keycloak-").toString()))
                    .filter(Files::exists)
                    .sorted(Comparator.comparingLong(
                                    (Path complete) -> complete.toFile().lastModified())
                            .reversed())
                    .toList();
        }
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Folders.delete(old.resolveSibling(".").normalize());
        }
    }

    /** One that was installed before. */
    public static KeycloakDistribution at(Path home) {
        return new KeycloakDistribution(home);
    }

    public Path home() {
        return home;
    }

    /** Whether {@link #install} would have to build. */
    public static boolean missing(Path engines, Path zip, List<Path> providers) throws IOException {
        return !isWhole(place(engines, zip, providers));
    }

    /**
     * Whether it was built, and is not a copy of what was: Keycloak goes by the times of its providers, which a copy does not keep, and then
     * refuses to start.
     */
    static boolean isWhole(Path home) throws IOException {
        Path complete = home.resolve(".complete");
        return Files.exists(complete) && Files.readString(complete).equals(times(home));
    }

    static void seal(Path home) throws IOException {
        Files.writeString(home.resolve(".complete"), times(home));
    }

    private static String times(Path home) throws IOException {
        try (Stream<Path> providers = Files.list(home.resolve("providers"))) {
            return providers
                    .map(provider ->
                            provider.getFileName() + " " + provider.toFile().lastModified() + "\n")
                    .sorted()
                    .collect(Collectors.joining());
        }
    }

    private static Path place(Path engines, Path zip, List<Path> providers) throws IOException {
        String name = zip.getFileName().toString().replaceAll("^keycloak-quarkus-dist-|\\.zip$", "");
        return engines.toAbsolutePath()
                .resolve("keycloak-" + name + "-" + fingerprint(providers).substring(0, 12));
    }

    /**
     * A home for one running server: it shares the programs and has its own {@code data}, which Keycloak must be able to write.
     */
    Path instance(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        for (String part : List.of("bin", "conf", "lib", "providers", "themes", "version.txt")) {
            Path link = folder.resolve(part);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, home.resolve(part));
        }
        RunAs.own(folder);
        return folder;
    }

    static List<String> command(Path home, List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Jdk.java(),
                Jdk.temporary(home.resolve("tmp")),
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Xms64m",
                "-Xmx512m",
                "-XX:MetaspaceSize=96M",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseG1GC",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Djava.security.egd=file:/dev/urandom",
                "-Djdk.tls.rejectClientInitiatedRenegotiation=true",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        command.addAll(args);
        return command;
    }

    private static void build(Path home) throws IOException, InterruptedException {
        Program build = new Program("Keycloak's build", home.resolve("data/log/build.log"));
        build.start(command(home, List.of("build", "--db=postgres")), Map.of(), home);
        Process process = build.process();
        if (!process.waitFor(15, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("Keycloak cannot be built with our providers: see " + home + "/data/log/build.log");
        }
    }

    private static void unpack(Path zip, Path home) throws IOException {
        try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
            for (ZipArchiveEntry entry : java.util.Collections.list(file.getEntries())) {
                Path inner = Path.of(entry.getName());
                if (entry.isDirectory() || inner.getNameCount() < 2) {
                    continue;
                }
                Path target =
                        home.resolve(inner.subpath(1, inner.getNameCount())).normalize();
                if (!target.startsWith(home)) {
                    throw new IOException("An entry leaves its folder: " + entry.getName());
                }
                Files.createDirectories(target.getParent());
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
        Files.createDirectories(home.resolve("data/log"));
        Files.createDirectories(home.resolve("providers"));
    }

    private static void addProviders(List<Path> providers, Path folder) throws IOException {
        for (int i = 0; i < providers.size(); i++) {
            Path provider = providers.get(i);
            Path jar = folder.resolve("entente-" + i + ".jar");
            if (Files.isRegularFile(provider)) {
                Files.copy(provider, jar);
                continue;
            }
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                for (Path file : files(provider)) {
                    out.putNextEntry(new JarEntry(provider.relativize(file).toString()));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
        }
    }

    private static String fingerprint(List<Path> providers) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path provider : providers) {
                for (Path file : files(provider)) {
                    digest.update(provider.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
