package org.entente.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder where the reading program puts what it unpacks: in memory where Linux has such a place, so that nothing of it reaches a disk. It goes with the
 * program, and what a killed platform left goes at the next start.
 */
record ReaderFolder(Path path) {

    private static final Logger log = LoggerFactory.getLogger(ReaderFolder.class);
    private static final String NAME = "entente-reader-";
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 1L << 30;

    static ReaderFolder make() throws IOException {
        Path place = place();
        clear(place);
        ProcessHandle own = ProcessHandle.current();
        return new ReaderFolder(Files.createTempDirectory(place, NAME + own.pid() + "-" + begun(own) + "-"));
    }

    private static Path place() throws IOException {
        return Files.isWritable(IN_MEMORY) && Files.getFileStore(IN_MEMORY).getUsableSpace() >= ROOM
                ? IN_MEMORY
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void clear(Path place) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(place, NAME + "*-*-*")) {
            for (Path folder : left) {
                String[] of =
                        folder.getFileName().toString().substring(NAME.length()).split("-", -1);
                if (!lives(of)) {
                    new ReaderFolder(folder).delete();
                }
            }
        }
    }

    private static boolean lives(String[] of) {
        try {
            Optional<ProcessHandle> maker = ProcessHandle.of(Long.parseLong(of[0]));
            return maker.isPresent() && Long.toString(begun(maker.get())).equals(of[1]);
        } catch (NumberFormatException e) {
            return true; // not one of ours
        }
    }

    private static long begun(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** As much of it as can be: another user's is not ours to delete. */
    void delete() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            log.debug("{} stays for now", path, e);
        }
    }
}
