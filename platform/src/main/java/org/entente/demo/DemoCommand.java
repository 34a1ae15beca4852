package org.entente.demo;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.entente.base.ConsoleCommand;
import org.entente.base.Refusal;
import org.entente.directory.PersonId;
import org.entente.identity.Passwords;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** {@code demo [persons=400]}: fills an empty territory and prints the accounts to try. */
@Component
class DemoCommand implements ConsoleCommand {

    private static final int MOST = 60_000;
    private static final int PATIENCE_SECONDS = 300;
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private final DemoTerritory territory;
    private final ObjectProvider<Passwords> passwords;
    private final MessageSource messages;
    private final SecureRandom random = new SecureRandom();

    DemoCommand(DemoTerritory territory, ObjectProvider<Passwords> passwords, MessageSource messages) {
        this.territory = territory;
        this.passwords = passwords;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public boolean run(Map<String, String> args, PrintWriter out) {
        int persons;
        try {
            persons = Integer.parseInt(args.getOrDefault("persons", "400").replaceAll("[\\s_]", ""));
        } catch (NumberFormatException e) {
            throw Refusal.invalid("demo.persons", MOST);
        }
        if (persons < 100 || persons > MOST) {
            throw Refusal.invalid("demo.persons", MOST);
        }
        DemoTerritory.Loaded loaded = territory.load(persons);
        say(out, "demo.loaded", loaded.people(), loaded.affiliations(), loaded.members());
        List<Showcase> shown = loaded.showcase();
        Passwords engine = passwords.getIfAvailable();
        if (engine == null) {
            say(out, "demo.no_engine");
        }
        String password = engine == null ? "" : newPassword();
        Set<PersonId> set = engine == null ? Set.of() : setPasswords(shown, engine, password, out);
        table(shown, set, password, out);
        boolean all = shown.stream().filter(Showcase::signsIn).allMatch(s -> set.contains(s.person()));
        if (engine != null && !all) {
            say(out, "demo.late");
        }
        return engine == null || all;
    }

    /** Accounts become active after the commit, in batches: asks again until all are there. */
    private Set<PersonId> setPasswords(List<Showcase> shown, Passwords engine, String password, PrintWriter out) {
        Set<PersonId> done = new LinkedHashSet<>();
        long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        say(out, "demo.waiting");
        List<Showcase> waiting =
                new ArrayList<>(shown.stream().filter(Showcase::signsIn).toList());
        while (!waiting.isEmpty() && System.nanoTime() < deadline) {
            waiting.removeIf(s -> {
                try {
                    return engine.set(s.person(), password) && done.add(s.person());
                } catch (Refusal notYet) {
                    return false;
                }
            });
            if (!waiting.isEmpty()) {
                LockSupport.parkNanos(1_000_000_000L);
            }
        }
        return done;
    }

    private void table(List<Showcase> shown, Set<PersonId> set, String password, PrintWriter out) {
        for (Showcase s : shown) {
            String secret = set.contains(s.person()) ? password : say(s.signsIn() ? "demo.not_yet" : "demo.cannot");
            out.println("%-20s %-46s %s%n%-20s %s"
                    .formatted(s.name(), s.address(), secret, "", say("demo.why." + s.why())));
        }
    }

    private String newPassword() {
        StringBuilder made = new StringBuilder();
        for (int group = 0; group < 4; group++) {
            made.append(group == 0 ? "" : "-");
            for (int i = 0; i < 4; i++) {
                made.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return made.toString();
    }

    private void say(PrintWriter out, String key, Object... args) {
        out.println(say(key, args));
    }

    private String say(String key, Object... args) {
        return String.valueOf(messages.getMessage(key, args, key, Locale.FRENCH));
    }

    /**
     * Somebody worth signing in as.
     *
     * @param why key of the sentence that says what there is to see
     */
    record Showcase(String name, String address, PersonId person, String why, boolean signsIn) {}
}
