package org.entente.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.entente.launcher.Trouble;
import org.entente.launcher.engine.RunAs;
import org.entente.launcher.territory.DataFolder;
import org.entente.launcher.territory.Place;
import org.entente.launcher.territory.Secrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Puts a whole territory into one file, while it runs or not. */
@Command(
        name = "backup",
        description = "Puts the whole territory, its secrets too, into one file; it may go on running.",
        mixinStandardHelpOptions = true)
final class Backup implements Callable<Integer> {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "default: entente-<time>.tar.gz here")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        Place place = entente.place();
        Secrets secrets = Secrets.read(place.data().secrets());
        Path target = file == null ? Path.of("entente-" + STAMP.format(Instant.now()) + ".tar.gz") : file;
        if (Files.exists(target)) {
            throw new Trouble(target + " is there already; it is not written over.");
        }
        Path writing = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(writing);
        Files.createFile(writing, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            write(place, secrets, writing);
            Files.move(writing, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(writing);
        }
        entente.terminal()
                .say("The territory is in " + target.toAbsolutePath() + " (" + Files.size(target) / 1_000_000
                        + " MB). It holds secrets and personal data: keep it locked up, on another machine.");
        return 0;
    }

    private void write(Place place, Secrets secrets, Path writing) throws Exception {
        DataFolder data = place.data();
        boolean runs = Running.on(place).supervised();
        if (!runs && !Running.on(place).orphans().isEmpty()) {
            throw new Trouble("The supervisor was killed; put it right first: ./entente up");
        }
        try (Archive archive = new Archive(writing, data.root())) {
            entente.terminal().passing("secrets and keys…");
            archive.add(data.secrets());
            // Before the database: the ledger's witness must never know more than the ledger.
            archive.addAll(data.platform(), path -> true);
            if (place.settings().postgresql().outside() == null) {
                entente.terminal().passing("database…");
                PostgresBackup.write(
                        archive,
                        data.postgresql(),
                        runs ? place.settings().postgresql().port() : 0,
                        secrets.get(Secrets.Name.POSTGRESQL));
            } else {
                entente.terminal().say("The outside PostgreSQL is not in it: its own backup must be of the same hour.");
            }
            if (place.settings().s3().outside() == null) {
                // After the database: an object outlives its last row by a day at least, so that all that the copied
                // rows name is still there.
                entente.terminal().passing("objects…");
                archive.addAll(data.objects(), path -> true);
            } else {
                entente.terminal().say("The outside object store is not in it.");
            }
        } catch (IOException e) {
            throw new Trouble("The backup was given up: " + e.getMessage() + " (as " + RunAs.user() + ")", e);
        }
    }
}
