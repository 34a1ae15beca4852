package org.entente.launcher.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.entente.launcher.Trouble;
import org.entente.launcher.territory.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what engines wrote. */
@Command(name = "logs", description = "Shows the end of one engine's log, or of all.", mixinStandardHelpOptions = true)
final class Logs implements Callable<Integer> {

    private static final int CHUNK = 256 * 1024;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @Parameters(arity = "0..1", paramLabel = "ENGINE", description = "supervisor, postgresql, keycloak, s3 or platform")
    private @Nullable String engine;

    @Option(
            names = {"-f", "--follow"},
            description = "goes on showing what is written")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "40",
            description = "how many lines (default: ${DEFAULT-VALUE})")
    private int lines;

    @Override
    public Integer call() throws Exception {
        Place place = entente.place();
        Map<Path, Long> shown = new LinkedHashMap<>();
        List<Path> files = files(place);
        for (Path file : files) {
            String prefix = prefix(files, file);
            shown.put(file, Files.size(file));
            last(file).forEach(line -> entente.terminal().say(prefix + line));
        }
        while (follow) {
            Thread.sleep(250);
            for (Path file : files) {
                shown.compute(file, (same, from) -> more(files, file, from == null ? 0 : from));
            }
        }
        return 0;
    }

    private List<Path> files(Place place) throws IOException {
        Path folder = place.data().log("supervisor").resolveSibling(".").normalize();
        if (!Files.isDirectory(folder)) {
            throw new Trouble("There are no logs in " + folder + ": ./entente up was never called.");
        }
        if (engine != null) {
            Path one = place.data().log(engine);
            if (!Files.exists(one)) {
                throw new Trouble(
                        "There is no log of \"" + engine + "\". There are: " + String.join(", ", names(folder)));
            }
            return List.of(one);
        }
        return names(folder).stream().map(name -> place.data().log(name)).toList();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        }
    }

    private static String prefix(List<Path> files, Path file) {
        return files.size() == 1
                ? ""
                : String.format("%-11s| ", String.valueOf(file.getFileName()).replace(".log", ""));
    }

    private List<String> last(Path file) throws IOException {
        long from = Math.max(0, Files.size(file) - CHUNK);
        List<String> all = read(file, from).lines().toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    private long more(List<Path> files, Path file, long from) {
        try {
            long size = Files.size(file);
            // Smaller than before: it was put aside and begun anew.
            String text = read(file, size < from ? 0 : from);
            String prefix = prefix(files, file);
            text.lines().forEach(line -> entente.terminal().say(prefix + line));
            return size;
        } catch (IOException e) {
            return from;
        }
    }

    private static String read(Path file, long from) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(from);
            byte[] bytes = new byte[(int) Math.min(in.length() - from, Integer.MAX_VALUE / 2)];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
