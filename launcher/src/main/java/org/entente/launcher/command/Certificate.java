package org.entente.launcher.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.entente.launcher.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Looks after certificates of departure. */
@Command(
        name = "certificate",
        description = "Looks after certificates of departure: certificate verify FILE.",
        mixinStandardHelpOptions = true)
final class Certificate {

    private static final long MOST_BYTES = 16L * 1024 * 1024;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    /** The file itself is sent: the platform runs as a user who may not be able to read it. */
    @Command(
            name = "verify",
            description = "Says whether this certificate is of this territory and unchanged.",
            mixinStandardHelpOptions = true)
    int verify(@Parameters(paramLabel = "FILE", description = "the PDF") Path file) throws Exception {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Trouble("There is no file to read at " + file.toAbsolutePath());
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new Trouble(file + " is no certificate: it is larger than 16 MB.");
        }
        return new Console(entente.place(), entente.terminal())
                .run(
                        "certificate-verify",
                        Map.of(
                                "file", file.toAbsolutePath().toString(),
                                "pdf", Base64.getEncoder().encodeToString(Files.readAllBytes(file))));
    }
}
