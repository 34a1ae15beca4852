package org.entente.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.entente.launcher.Trouble;
import org.entente.launcher.territory.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code entente} command itself. */
@Command(
        name = "./entente",
        description = "The digital workplace that several local authorities share.",
        mixinStandardHelpOptions = true,
        versionProvider = Entente.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Up.class,
            Down.class,
            Status.class,
            Logs.class,
            Doctor.class,
            Demo.class,
            Admin.class,
            TerritoryCommand.class,
            Audit.class,
            Storage.class,
            Certificate.class,
            Reconcile.class,
            Mails.class,
            Backup.class,
            Restore.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "  build   builds what is missing (up does it by itself)",
            "  test    runs every test",
            "",
            "Settings are in entente.yaml."
        })
public final class Entente implements Callable<Integer> {

    @Option(
            names = {"-c", "--config"},
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "the settings' file (default: entente.yaml of the clone, or $ENTENTE_CONFIG)")
    private @Nullable Path config;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    private final Terminal terminal = new Terminal();

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        CommandLine line = new CommandLine(new Entente());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof Trouble) {
                System.err.println(failure.getMessage());
                return 1;
            }
            if (failure instanceof IOException) {
                System.err.println("It did not work: " + failure);
                return 1;
            }
            throw failure;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return 0;
    }

    Terminal terminal() {
        return terminal;
    }

    Place place() throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("entente.home", "."));
        String named = System.getenv("ENTENTE_CONFIG");
        Path file = config;
        if (file == null) {
            file = named == null || named.isBlank() ? home.resolve("entente.yaml") : Path.of(named);
        }
        return Place.find(home, file);
    }

    /** The version this build wrote down. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "Entente " + org.entente.launcher.engine.Versions.entente() + " with Keycloak "
                        + org.entente.launcher.engine.Versions.keycloak() + " and PostgreSQL "
                        + org.entente.launcher.engine.Versions.postgresql()
            };
        }
    }
}
