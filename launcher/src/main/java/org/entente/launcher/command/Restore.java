package org.entente.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.entente.launcher.Trouble;
import org.entente.launcher.engine.Folders;
import org.entente.launcher.engine.RunAs;
import org.entente.launcher.territory.DataFolder;
import org.entente.launcher.territory.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Brings a backup back into an empty data folder. */
@Command(
        name = "restore",
        description = "Brings a backup back into an empty data folder; start it with up.",
        mixinStandardHelpOptions = true)
final class Restore implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @Parameters(paramLabel = "FILE", description = "what ./entente backup made")
    private Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
        Place place = entente.place();
        Path root = place.data().root();
        if (!Files.isReadable(file)) {
            throw new Trouble("There is no file to read at " + file.toAbsolutePath());
        }
        if (Running.on(place).supervised()) {
            throw new Trouble("Entente runs on " + root + ": ./entente down first.");
        }
        refuseToOverwrite(root);
        Path making = root.resolveSibling(root.getFileName() + ".restoring");
        Folders.delete(making);
        Files.createDirectories(making);
        try {
            Archive.unpack(file, making);
            if (!Files.exists(new DataFolder(making).secrets())) {
                throw new Trouble(file + " is no backup of Entente: its secrets are not in it.");
            }
            Files.deleteIfExists(root);
            Files.move(making, root);
        } finally {
            Folders.delete(making);
        }
        place.data().make();
        RunAs.own(root);
        entente.terminal().say("The territory is back in " + root + ". Start it: ./entente up");
        return 0;
    }

    private static void refuseToOverwrite(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> inside = Files.list(root)) {
            if (inside.findAny().isPresent()) {
                throw new Trouble(root + " is not empty. Nothing is written over: move it away first.");
            }
        }
    }
}
