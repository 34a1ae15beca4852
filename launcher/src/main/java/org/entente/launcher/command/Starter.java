package org.entente.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.launcher.Trouble;
import org.entente.launcher.engine.KeycloakDistribution;
import org.entente.launcher.engine.PostgresEngine;
import org.entente.launcher.engine.RunAs;
import org.entente.launcher.supervisor.EngineState;
import org.entente.launcher.supervisor.EngineStatus;
import org.entente.launcher.supervisor.StatusFile;
import org.entente.launcher.territory.Place;
import org.entente.launcher.territory.Programs;
import org.entente.launcher.territory.Secrets;

/** Brings a territory up: prepares its folder and its engines, starts its supervisor, and shows how it goes. */
final class Starter {

    private final Place place;
    private final Terminal terminal;

    Starter(Place place, Terminal terminal) {
        this.place = place;
        this.terminal = terminal;
    }

    void start() throws IOException, InterruptedException {
        Instant from = Instant.now();
        Running before = Running.on(place);
        if (before.supervised()) {
            throw new Trouble(
                    "Entente runs already on " + place.data().root() + ": ./entente status, or ./entente down first.");
        }
        if (!before.orphans().isEmpty()) {
            terminal.say("An earlier run was killed and left engines behind: they are ended first.");
            before.stop(terminal);
        }
        refuseTakenPorts();
        refuseUnreachableJava();
        prepareFolder();
        Path keycloak = prepareEngines();
        Process supervisor = launch(keycloak);
        follow(supervisor, from);
        SignInReady.await(place, terminal);
    }

    private void refuseTakenPorts() {
        List<String> taken = new ArrayList<>();
        Ports.needed(place.settings()).forEach((setting, port) -> {
            if (!Ports.free(port)) {
                taken.add("Port " + port + " is taken by " + Ports.takenBy(port) + ". End it, or set another " + setting
                        + " in " + place.config() + ".");
            }
        });
        if (!taken.isEmpty()) {
            throw new Trouble(String.join("\n", taken));
        }
    }

    private void refuseUnreachableJava() throws IOException, InterruptedException {
        if (RunAs.root() && !RunAs.canRead(java())) {
            throw new Trouble("Engines run as " + RunAs.user() + ", who cannot read this Java: " + java()
                    + ". Install a JDK 25 for the whole system, or start Entente as an ordinary user.");
        }
    }

    private void prepareFolder() throws IOException, InterruptedException {
        Path root = place.data().root();
        try {
            boolean made = !Files.exists(root);
            place.data().make();
            Secrets.keep(place.data().secrets());
            Programs.copyOf(place.home(), place.data().programs());
            Path settings = place.data().run().resolve("entente.yaml");
            if (Files.exists(place.config())) {
                Files.copy(place.config(), settings, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.writeString(settings, "");
            }
            Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
            if (made || RunAs.root()) {
                own();
            }
        } catch (java.nio.file.AccessDeniedException e) {
            throw new Trouble(
                    RunAs.user() + " may not write " + e.getFile() + ". Name a folder of your own as \"data:\" in "
                            + place.config() + ".",
                    e);
        }
        if (RunAs.root() && !RunAs.canRead(root)) {
            throw new Trouble("Everything runs as " + RunAs.user() + ", who cannot reach " + root
                    + ". Name a reachable folder as \"data:\" in " + place.config()
                    + ", such as /var/lib/entente/data.");
        }
    }

    /** Whole only the first time: an object store may hold millions of files. */
    private void own() throws IOException {
        Path root = place.data().root();
        if (!Files.getOwner(root).getName().equals(RunAs.user())) {
            RunAs.own(root);
            return;
        }
        for (Path part : List.of(
                place.data().programs(),
                place.data().run(),
                root.resolve("logs"),
                place.data().secrets())) {
            RunAs.own(part);
        }
    }

    private Path prepareEngines() throws IOException, InterruptedException {
        if (place.settings().postgresql().outside() == null) {
            PostgresEngine.unpack(place.engines());
        }
        if (place.settings().keycloak().outside() != null) {
            return place.engines();
        }
        List<Path> providers = List.of(Programs.keycloakProviders(place.home()));
        if (KeycloakDistribution.missing(place.engines(), place.keycloakZip(), providers)) {
            terminal.say("Keycloak is put together with our providers, once: about a minute.");
        }
        return KeycloakDistribution.install(place.engines(), place.keycloakZip(), providers)
                .home();
    }

    private Process launch(Path keycloak) throws IOException {
        Path log = place.data().log("supervisor");
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        RunAs.own(log);
        Files.deleteIfExists(StatusFile.in(place.data().run()).file());
        List<String> command = List.of(
                java().toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-cp",
                new Programs(place.data().programs()).launcherClassPath(),
                "org.entente.launcher.supervisor.Supervisor",
                place.data().run().resolve("entente.yaml").toString(),
                place.data().root().toString(),
                place.engines().toAbsolutePath().toString(),
                keycloak.toAbsolutePath().toString());
        List<String> detached = new ArrayList<>(List.of("setsid", "--"));
        detached.addAll(RunAs.ordinaryUser(command));
        ProcessBuilder builder = new ProcessBuilder(detached)
                .directory(place.data().root().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("HOME", place.data().root().toString());
        builder.environment().put("LANG", "C.UTF-8");
        return builder.start();
    }

    private void follow(Process supervisor, Instant from) throws IOException, InterruptedException {
        Map<String, EngineState> told = new HashMap<>();
        StatusFile file = StatusFile.in(place.data().run());
        while (true) {
            StatusFile.Status now = file.read().orElse(null);
            if (now != null) {
                tell(now, told, from);
                if (now.failure() != null) {
                    supervisor.waitFor();
                    throw new Trouble("Entente did not start. " + now.failure() + "\n./entente doctor may know why.");
                }
                if (now.serves()) {
                    return;
                }
            }
            if (!supervisor.isAlive()) {
                List<String> said = Files.readAllLines(place.data().log("supervisor"));
                throw new Trouble("Entente's supervisor ended. It said last:\n"
                        + String.join("\n", said.subList(Math.max(0, said.size() - 10), said.size())));
            }
            Thread.sleep(100);
        }
    }

    private void tell(StatusFile.Status now, Map<String, EngineState> told, Instant from) {
        List<String> starting = new ArrayList<>();
        for (EngineStatus engine : now.engines()) {
            if (engine.state() == EngineState.STARTING) {
                starting.add(engine.name());
            }
            if (engine.state().serves() && told.put(engine.name(), engine.state()) == null) {
                terminal.say(String.format(
                        "  %-12s %-8s %s",
                        engine.name(),
                        Terminal.seconds(Duration.between(from, engine.since())),
                        engine.state() == EngineState.OUTSIDE ? "outside, answers" : "ready"));
            }
        }
        if (!starting.isEmpty()) {
            terminal.passing("  " + String.join(", ", starting) + " starting… "
                    + Duration.between(from, Instant.now()).toSeconds() + " s");
        }
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
