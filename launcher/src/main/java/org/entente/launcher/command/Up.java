package org.entente.launcher.command;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.entente.launcher.territory.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Starts the territory. */
@Command(name = "up", description = "Starts everything and says where to sign in.", mixinStandardHelpOptions = true)
final class Up implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @Override
    public Integer call() throws Exception {
        Instant from = Instant.now();
        Place place = entente.place();
        new Starter(place, entente.terminal()).start();
        welcome(entente.terminal(), place, Duration.between(from, Instant.now()));
        return 0;
    }

    private static void welcome(Terminal terminal, Place place, Duration took) {
        terminal.say("");
        terminal.say(place.settings().territory() + " is up after " + Terminal.seconds(took) + ".");
        terminal.say("");
        terminal.say("  Sign in     " + place.settings().platform().publicUrl());
        terminal.say("  Data        " + place.data().root());
        if (place.settings().mail().server() == null) {
            terminal.say("  Mail        kept on this machine, no smtp-host is set: ./entente mails");
        }
        terminal.say("");
        terminal.say("Nobody to sign in as yet? ./entente demo fills a demo territory,");
        terminal.say("./entente territory new --epci SIREN makes an empty one of any place in France.");
    }
}
