package org.entente.launcher.supervisor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.entente.launcher.Trouble;
import org.entente.launcher.engine.KeycloakDistribution;
import org.entente.launcher.territory.DataFolder;
import org.entente.launcher.territory.Programs;
import org.entente.launcher.territory.Secrets;
import org.entente.launcher.territory.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The one process of a territory that outlives the terminal: starts the engines in order, side by side where it can, writes down how they
 * are, starts again what dies, and stops all in reverse order when it is asked to end.
 */
public final class Supervisor {

    private final DataFolder data;
    private final StatusFile file;
    private final List<Charge> charges;
    private final Charge postgresql;
    private final Charge keycloak;
    private final Charge s3;
    private final Charge mail;
    private final Charge platform;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable String failure;
    private volatile boolean stopping;

    private Supervisor(Settings settings, DataFolder data, Path engines, Path keycloakHome) throws IOException {
        this.data = data;
        this.file = StatusFile.in(data.run());
        Charges all = new Charges(settings, data, Secrets.read(data.secrets()), Clock.systemUTC(), Supervisor::log);
        Programs programs = new Programs(data.programs());
        this.postgresql = all.postgresql(engines);
        this.keycloak = all.keycloak(KeycloakDistribution.at(keycloakHome));
        this.s3 = all.s3(programs);
        this.mail = all.mail();
        this.platform = all.platform(programs);
        this.charges = List.of(postgresql, s3, mail, keycloak, platform);
    }

    /** Arguments: the settings' file, the data folder, the folder of engines, the built Keycloak. */
    public static void main(String[] args) throws Exception {
        DataFolder data = new DataFolder(Path.of(args[1]));
        try (FileChannel channel = FileChannel.open(
                        data.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new Trouble("Another supervisor runs on " + data.root());
            }
            new Supervisor(Settings.read(Path.of(args[0])), data, Path.of(args[2]), Path.of(args[3])).run();
        }
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        write();
        threads.submit(this::writeEverySecond);
        try {
            CompletableFuture<Void> database = start(postgresql);
            CompletableFuture.allOf(database.thenCompose(done -> start(keycloak)), start(s3), start(mail))
                    .thenCompose(done -> start(platform))
                    .join();
        } catch (CompletionException e) {
            giveUp(e.getCause() == null ? e : e.getCause());
            return;
        }
        write();
        ended.await();
    }

    private CompletableFuture<Void> start(Charge charge) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        threads.submit(() -> {
            try {
                charge.start();
                started.complete(null);
            } catch (Exception e) {
                started.completeExceptionally(e);
                return;
            }
            try {
                charge.watch();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log(charge.status().name() + " is not watched any more: " + e);
            }
        });
        return started;
    }

    private void giveUp(Throwable why) throws IOException {
        if (stopping) {
            return;
        }
        failure = why.getMessage() == null ? why.toString() : why.getMessage();
        log("The start is given up: " + failure);
        write();
        stop();
    }

    private synchronized void stop() {
        if (stopping) {
            return;
        }
        stopping = true;
        log("Stopping");
        stop(platform);
        stop(keycloak);
        stop(s3);
        stop(mail);
        stop(postgresql);
        try {
            write();
        } catch (IOException e) {
            log("The status could not be written: " + e);
        }
        log("Stopped");
        ended.countDown();
    }

    private static void stop(Charge charge) {
        try {
            charge.stop();
        } catch (IOException e) {
            log(charge.status().name() + " did not stop: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeEverySecond() {
        try {
            while (!ended.await(1, TimeUnit.SECONDS)) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log("The status cannot be written in " + data.run() + ": " + e);
        }
    }

    private synchronized void write() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        file.write(new StatusFile.Status(
                self.pid(),
                self.info().startInstant().orElse(Instant.EPOCH),
                charges.stream().map(Charge::status).toList(),
                failure));
    }

    private static void log(String line) {
        System.out.println(Instant.now() + " " + line);
    }
}
