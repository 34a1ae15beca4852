package org.entente.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.entente.launcher.engine.Engine;
import org.entente.launcher.engine.Folders;

/** What engines under test need: folders of their own, free ports, and an end when the tests end, however they end. */
final class Scratch {

    private static final Path ALL = Path.of(System.getProperty("java.io.tmpdir"), "entente-tests");

    static {
        clearAfterKilledRuns();
    }

    private Scratch() {}

    static Path engines() {
        return Path.of(System.getProperty("entente.engines", home() + "/.entente/engines"));
    }

    /** The repository. */
    static Path home() {
        return Path.of(System.getProperty("entente.home", ".."));
    }

    /** A folder of this run. */
    static Path folder(String name) {
        try {
            return Files.createDirectories(
                    ALL.resolve(Long.toString(ProcessHandle.current().pid())).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** Starts an engine that lives as long as this run. */
    static <E extends Engine> E untilTheEnd(E engine) throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(engine)));
        engine.start();
        Path pid = folder("pids").resolve(Long.toString(engine.process().pid()));
        Files.writeString(pid, engine.name());
        return engine;
    }

    private static void stop(Engine engine) {
        try {
            engine.close();
        } catch (Exception e) {
            System.err.println(engine.name() + " of the tests did not stop: " + e);
        }
    }

    /** A run that was killed could stop nothing: the next one does. */
    private static void clearAfterKilledRuns() {
        if (!Files.isDirectory(ALL)) {
            return;
        }
        try (Stream<Path> runs = Files.list(ALL)) {
            for (Path run : runs.sorted(Comparator.naturalOrder()).toList()) {
                long owner = Long.parseLong(run.getFileName().toString());
                if (ProcessHandle.of(owner).isEmpty()) {
                    endEngines(run.resolve("pids"));
                    Folders.delete(run);
                }
            }
        } catch (IOException e) {
            System.err.println("An earlier run of the tests could not be cleared: " + e);
        }
    }

    private static void endEngines(Path pids) throws IOException {
        if (!Files.isDirectory(pids)) {
            return;
        }
        try (Stream<Path> left = Files.list(pids)) {
            left.map(pid -> Long.parseLong(pid.getFileName().toString()))
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .filter(process -> process.info().command().orElse("").matches(".*/(java|postgres)"))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }
}
