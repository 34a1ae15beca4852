package org.entente.launcher.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Programs of this machine, told apart by number and time of birth: numbers are used again. */
public final class Processes {

    private static final Duration CLOCK_TICKS = Duration.ofSeconds(2);

    private Processes() {}

    public static Optional<ProcessHandle> find(long pid, @Nullable Instant began) {
        if (pid <= 0 || began == null) {
            return Optional.empty();
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(found -> Duration.between(found, began).abs().compareTo(CLOCK_TICKS) <= 0)
                        .orElse(false));
    }

    /** Memory that it and its children hold, shared memory counted once; 0 when it cannot be read. */
    public static long memory(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(one -> kilobytes(one.pid()) * 1024)
                .sum();
    }

    /** Memory of the program itself, without its children. */
    public static long memoryAlone(ProcessHandle process) {
        return kilobytes(process.pid()) * 1024;
    }

    private static long kilobytes(long pid) {
        long proportional = value(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:");
        return proportional > 0 ? proportional : value(Path.of("/proc/" + pid + "/status"), "VmRSS:");
    }

    private static long value(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException gone) {
            return 0;
        }
    }
}
