package org.entente.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a program is started with so that it disturbs nobody and reaches nothing: as much of it as this machine allows, tried once. */
final class Sandbox {

    private static final Logger log = LoggerFactory.getLogger(Sandbox.class);

    /** A network of its own with nothing in it, and no process but its own to see; whoever starts it kills all of it. */
    static final List<String> ALONE = List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--net",
            "--ipc",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "--");

    /** Covers files and folders up to {@code --}, then gives up the power to uncover them. */
    private static final List<String> COVERED = List.of("/bin/sh", "-c", """
            while [ "$1" != -- ]; do
              if [ -d "$1" ]; then mount -t tmpfs -o ro,size=4k none "$1" || exit 1
              elif [ -e "$1" ]; then mount --bind /dev/null "$1" || exit 1
              fi
              shift
            done
            shift
            exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"
            """, "wall");

    private static final List<String> LAST_IN_LINE = List.of("nice", "-n", "19");

    private static final class Known {
        static final List<String> LAST = works(LAST_IN_LINE) ? LAST_IN_LINE : List.of();
        static final boolean WALLED = works(wall(List.of()));

        static {
            if (!WALLED) {
                log.warn(
                        "Linux does not let this user make namespaces: documents are read by a program that the kernel does not wall off"
                                + " from the network and from files (docs/operators/text-search.md)");
            }
        }
    }

    private Sandbox() {}

    /** The lowest priority. */
    static List<String> last() {
        return Known.LAST;
    }

    /** @param hidden files and folders that the program shall not see; nothing where there is no wall */
    static List<String> walls(List<String> hidden) {
        return walled() ? wall(hidden) : List.of();
    }

    private static List<String> wall(List<String> hidden) {
        List<String> all = new ArrayList<>(ALONE);
        all.addAll(COVERED);
        all.addAll(hidden);
        all.add("--");
        return all;
    }

    /** Whether the kernel keeps it from the network, other processes and what is hidden. */
    static boolean walled() {
        return Known.WALLED;
    }

    static boolean works(List<String> prefix) {
        List<String> all = new ArrayList<>(prefix);
        all.add("true");
        try {
            Process tried = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (tried.waitFor(10, TimeUnit.SECONDS)) {
                return tried.exitValue() == 0;
            }
            tried.destroyForcibly();
            return false;
        } catch (IOException notHere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
