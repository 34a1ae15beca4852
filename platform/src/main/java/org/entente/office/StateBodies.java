package org.entente.office;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.entente.base.Refusal;
import org.springframework.stereotype.Component;

/**
 * Bodies that are taken apart in memory, where they are many times as large as they came: a few at a time. One that still comes in waits on disk, so that whoever
 * sends slowly keeps nobody else from it.
 */
@Component
class StateBodies {

    static final int AT_ONCE = 2;
    private static final long WAIT_SECONDS = 5;

    final Semaphore free = new Semaphore(AT_ONCE);

    /** @throws Refusal UNAVAILABLE {@code office.busy}, INVALID {@code file.broken}, and that of {@code tooLarge} behind {@code most} bytes */
    void read(InputStream body, long most, Supplier<Refusal> tooLarge, Consumer<byte[]> use) {
        try {
            Path path = Files.createTempFile("entente-office", ".update");
            try {
                keep(body, path, most, tooLarge);
                use(path, use);
            } finally {
                Files.deleteIfExists(path);
            }
        } catch (IOException broken) {
            throw Refusal.invalid("file.broken");
        }
    }

    private static void keep(InputStream body, Path path, long most, Supplier<Refusal> tooLarge) throws IOException {
        long left = most;
        byte[] buffer = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(path)) {
            for (int some; (some = body.read(buffer)) > 0; ) {
                left -= some;
                if (left < 0) {
                    throw tooLarge.get();
                }
                out.write(buffer, 0, some);
            }
        }
    }

    private void use(Path path, Consumer<byte[]> use) throws IOException {
        try {
            if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "office.busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "office.busy");
        }
        try {
            use.accept(Files.readAllBytes(path));
        } finally {
            free.release();
        }
    }
}
