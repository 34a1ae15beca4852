package org.entente.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.entente.launcher.engine.Engine;
import org.entente.launcher.engine.Folders;
import org.entente.launcher.engine.RunAs;

/** What engines under test need: folders of their own, free ports, and an end when the tests end, however they end. */
public final class Scratch {

    private static final Path ALL = Path.of(System.getProperty("java.io.tmpdir"), "entente-tests");

    static {
        clearAfterKilledRuns();
    }

    private Scratch() {}

    /** Where engines are unpacked: outside of the clone when the user they run as cannot enter it. */
    static Path engines() {
        return reachable(home()) ? built() : Path.of("/var/lib/entente/engines");
    }

    /** What the build put aside for us to unpack. */
    static Path built() {
        return Path.of(System.getProperty("entente.engines", home() + "/.entente/engines"));
    }

    /** The folder itself, or a copy where engines can read it. */
    static Path readable(Path folder, String name) throws IOException {
        if (reachable(folder)) {
            return folder.toAbsolutePath();
        }
        Path copy = folder(name);
        Folders.copy(folder, copy);
        RunAs.own(copy);
        return copy;
    }

    private static boolean reachable(Path folder) {
        try {
            return !RunAs.root() || RunAs.canRead(folder.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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

    public static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** Starts an engine that lives as long as this run. */
    static <E extends Engine> E untilTheEnd(E engine) throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(engine)));
        again(engine);
        return engine;
    }

    /** Starts an engine of this run that is not running any more. */
    static void again(Engine engine) throws IOException, InterruptedException {
        engine.start();
        Path pid = folder("pids").resolve(Long.toString(engine.process().pid()));
        Files.writeString(pid, engine.name());
    }

    private static void stop(Engine engine) {
        try {
            springFirst();
            engine.close();
        } catch (Exception e) {
            System.err.println(engine.name() + " of the tests did not stop: " + e);
        }
    }

    /** All hooks begin at once: contexts whose database goes away before them take minutes to give up. */
    private static void springFirst() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("SpringApplicationShutdownHook")) {
                thread.join(Duration.ofSeconds(60));
            }
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
                    // Numbers are given again: only a process of that very run is ended.
                    .filter(process -> process.info().commandLine().orElse("").contains(pids.getParent() + "/"))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }
}
