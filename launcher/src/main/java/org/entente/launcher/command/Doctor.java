package org.entente.launcher.command;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.entente.launcher.Trouble;
import org.entente.launcher.engine.RunAs;
import org.entente.launcher.territory.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Says what is wrong with this machine, and how to mend it. */
@Command(
        name = "doctor",
        description = "Says what is wrong with this machine and how to mend it. Ends with 1 when something is.",
        mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {

    private static final long GIB = 1024L * 1024 * 1024;
    private static final Instant YEAR_OF_THIS_BUILD = Instant.parse("2026-01-01T00:00:00Z");

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    private boolean ill;

    @Override
    public Integer call() throws Exception {
        good("Java " + Runtime.version().feature() + " in " + System.getProperty("java.home"));
        Place place;
        try {
            place = entente.place();
        } catch (Trouble trouble) {
            bad(
                    "Settings",
                    String.valueOf(trouble.getMessage()),
                    "Correct that line, or remove it to have the default.");
            return 1;
        }
        good("Settings " + place.config() + (Files.exists(place.config()) ? "" : " (none: all defaults)"));
        tools();
        user(place);
        walls();
        boolean runs = Running.on(place).supervised();
        ports(place, runs);
        disk(place);
        memory(runs);
        permissions(place);
        language();
        clock();
        if (runs) {
            good("Entente runs: ./entente status");
        }
        entente.terminal().say("");
        entente.terminal().say(ill ? "Mend what is marked with ✗, then start: ./entente up" : "Nothing is wrong here.");
        return ill ? 1 : 0;
    }

    private void tools() {
        for (String tool : List.of("setsid", "sh", "kill", "mvn", "npm")) {
            if (onPath(tool)) {
                continue;
            }
            switch (tool) {
                case "mvn" -> warn("Maven", "not found", "Only a build needs it: apt-get install maven");
                case "npm" ->
                    warn("npm", "not found", "Only a build needs it: apt-get install npm (Node 20.19 or later)");
                default -> bad(tool, "not found", "apt-get install util-linux procps");
            }
        }
        if (RunAs.root() && !onPath("setpriv")) {
            bad(
                    "setpriv",
                    "not found, so that root cannot start engines as an ordinary user",
                    "apt-get install util-linux");
        }
    }

    private void user(Place place) throws IOException, InterruptedException {
        if (!RunAs.root()) {
            good("Runs as you, " + RunAs.user());
            return;
        }
        try {
            good("Started by root, everything runs as " + RunAs.user());
        } catch (Trouble none) {
            bad("User", String.valueOf(none.getMessage()), "useradd --system entente");
            return;
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!RunAs.canRead(java)) {
            bad("Java", RunAs.user() + " cannot read " + java, "Install a JDK 25 for the whole system.");
        }
        if (!RunAs.canRead(place.home())) {
            good("The clone " + place.home() + " is closed to " + RunAs.user() + ": data and programs go to "
                    + place.data().root());
        }
    }

    /** What the platform starts LibreOffice and the reader of documents in. */
    private void walls() throws IOException, InterruptedException {
        if (Walls.possible()) {
            good("Documents of strangers are opened in a root of their own, without a network");
        } else {
            warn(
                    "Walls",
                    "Linux does not let " + RunAs.user()
                            + " make namespaces: a document that takes LibreOffice or the reader of texts over reads what the platform reads",
                    "Allow it (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0; util-linux installed), or set office-previews and text-search to off.");
        }
    }

    private void ports(Place place, boolean runs) {
        if (runs) {
            return;
        }
        StringBuilder free = new StringBuilder();
        Ports.needed(place.settings()).forEach((setting, port) -> {
            if (Ports.free(port)) {
                free.append(' ').append(port);
            } else {
                bad(
                        "Port " + port,
                        "taken by " + Ports.takenBy(port),
                        "End it, or set another " + setting + " in " + place.config() + ".");
            }
        });
        if (!free.isEmpty()) {
            good("Ports free:" + free);
        }
    }

    private void disk(Place place) throws IOException {
        Path existing = place.data().root();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        FileStore store = Files.getFileStore(existing);
        long free = store.getUsableSpace();
        String says = String.format(
                Locale.ROOT, "%.1f GB free in %s", free / 1e9, place.data().root());
        if (free < GIB) {
            bad("Disk", says, "Make room, or name another folder as \"data:\" in " + place.config() + ".");
        } else if (free < 5 * GIB) {
            warn("Disk", says, "Enough to try; a territory in use wants 20 GB and more.");
        } else {
            good("Disk: " + says);
        }
        if (store.isReadOnly()) {
            bad("Disk", place.data().root() + " is read-only", "Mount it for writing, or name another folder.");
        }
    }

    private void memory(boolean runs) throws IOException {
        long available = 0;
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            available = lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
        String says = String.format(Locale.ROOT, "%.1f GB available", available / 1e9);
        if (runs || available > 2.5 * GIB) {
            good("Memory: " + says);
        } else if (available > 1.5 * GIB) {
            warn("Memory", says, "Enough for a trial; 30,000 persons want 3 GB.");
        } else {
            bad("Memory", says, "The engines need about 1.5 GB: end something, or take a larger machine.");
        }
    }

    private void permissions(Place place) throws IOException, InterruptedException {
        Path root = place.data().root();
        if (!Files.exists(root)) {
            Path parent = root;
            while (!Files.exists(parent) && parent.getParent() != null) {
                parent = parent.getParent();
            }
            if (!Files.isWritable(parent)) {
                bad(
                        "Data folder",
                        "you may not make " + root,
                        "Name a folder of your own as \"data:\" in " + place.config() + ".");
            }
            return;
        }
        if (RunAs.root() && !RunAs.canRead(root)) {
            bad(
                    "Data folder",
                    RunAs.user() + " cannot reach " + root,
                    "Name a reachable one as \"data:\" in entente.yaml.");
        }
        Set<PosixFilePermission> open = Files.getPosixFilePermissions(root);
        if (open.contains(PosixFilePermission.OTHERS_READ) || open.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            bad("Data folder", root + " is open to everyone on this machine", "chmod 700 " + root);
        }
        Path secrets = place.data().secrets();
        if (Files.exists(secrets)
                && Files.getPosixFilePermissions(secrets).stream()
                        .anyMatch(permission -> !permission.name().startsWith("OWNER"))) {
            bad("Secrets", secrets + " can be read by others", "chmod 600 " + secrets);
        } else {
            good("Data folder " + root + " is closed to others");
        }
    }

    private void language() {
        @Nullable String named = System.getProperty("native.encoding");
        Charset charset = named == null ? Charset.defaultCharset() : Charset.forName(named);
        if (!charset.equals(StandardCharsets.UTF_8)) {
            warn(
                    "Locale",
                    "this terminal speaks " + charset + ", so that accents may look wrong",
                    "export LANG=C.UTF-8");
        }
    }

    private void clock() {
        if (Instant.now().isBefore(YEAR_OF_THIS_BUILD)) {
            bad(
                    "Clock",
                    "it says " + Instant.now() + ": sign-in and certificates need the right time",
                    "Set it: timedatectl set-ntp true");
        } else {
            good("Clock: " + Instant.now());
        }
    }

    private static boolean onPath(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private void good(String says) {
        entente.terminal().say("✓ " + says);
    }

    private void warn(String what, String says, String mend) {
        entente.terminal().say("! " + what + ": " + says);
        entente.terminal().say("    " + mend);
    }

    private void bad(String what, String says, String mend) {
        ill = true;
        entente.terminal().say("✗ " + what + ": " + says);
        entente.terminal().say("    " + mend);
    }
}
