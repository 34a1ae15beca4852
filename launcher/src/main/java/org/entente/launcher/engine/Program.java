package org.entente.launcher.engine;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** One started program: its environment is only what it is given, what it says goes to its log. */
final class Program {

    private static final long MOST_LOG = 20L * 1024 * 1024;
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final String name;
    private final Path log;
    private @Nullable Process process;

    Program(String name, Path log) {
        this.name = name;
        this.log = log;
    }

    void start(List<String> command, Map<String, String> environment, Path folder) throws IOException {
        Path logs = log.toAbsolutePath().resolveSibling(".").normalize();
        Files.createDirectories(logs);
        RunAs.own(logs);
        // What it writes is its own: S3Proxy takes a file that others may read for one that anybody may fetch.
        List<String> alone = new ArrayList<>(List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", name));
        alone.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(RunAs.ordinaryUser(alone))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path, "LANG", "C.UTF-8", "HOME", folder.toString()));
        builder.environment().putAll(environment);
        if (Files.exists(log) && Files.size(log) > MOST_LOG) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(
                log,
                "--- " + java.time.Instant.now() + " start\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        process = builder.start();
        process.getOutputStream().close();
    }

    /** Waits until the address answers with a status that is good; the port may open long before. */
    void awaitHttp(URI address, IntPredicate good, Duration limit) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            await(() -> answers(http, request, good), limit);
        }
    }

    /** Waits until it serves; says what it wrote last when it dies or never does. */
    void await(BooleanSupplier serves, Duration limit) throws IOException, InterruptedException {
        Process running = process();
        long end = System.nanoTime() + limit.toNanos();
        while (!serves.getAsBoolean()) {
            if (running.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        name + " ended with " + running.exitValue() + " while it started. " + lastWords());
            }
            if (System.nanoTime() > end) {
                throw new IOException(name + " does not serve after " + limit.toSeconds() + " s. " + lastWords());
            }
        }
    }

    private static boolean answers(HttpClient http, HttpRequest request, IntPredicate good) {
        try {
            return good.test(
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Process process() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    void stop() throws IOException, InterruptedException {
        stop("TERM");
    }

    void stop(String signal) throws IOException, InterruptedException {
        if (process == null || !process.isAlive()) {
            return;
        }
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return "Its log " + log + " ends with:\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }
}
