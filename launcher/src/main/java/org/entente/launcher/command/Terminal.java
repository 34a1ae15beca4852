package org.entente.launcher.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Where commands speak: whole lines, and on a real terminal one last line that is written over. */
final class Terminal {

    private final PrintStream out;
    private final boolean live;
    private int passing;

    Terminal() {
        this(
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8),
                isTerminal());
    }

    Terminal(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    void say(String line) {
        clear();
        out.println(line);
    }

    /** What happens right now; the next line takes its place. Says nothing where lines cannot be written over. */
    void passing(String line) {
        if (!live) {
            return;
        }
        clear();
        String shown = line.length() > 100 ? line.substring(0, 100) : line;
        out.print(shown);
        out.flush();
        passing = shown.length();
    }

    PrintStream stream() {
        clear();
        return out;
    }

    static String seconds(Duration duration) {
        return String.format(java.util.Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private void clear() {
        if (passing > 0) {
            out.print("\r" + " ".repeat(passing) + "\r");
            passing = 0;
        }
    }

    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }
}
