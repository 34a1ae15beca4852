package org.entente.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.entente.launcher.engine.RunAs;

/** Whether Linux lets the user of the engines wall a program off: with mounts, processes and a network of its own, as the platform does with what opens documents. */
final class Walls {

    private static final List<String> ALONE = List.of(
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

    private Walls() {}

    static boolean possible() throws IOException, InterruptedException {
        return possible(
                "mount --make-rprivate / && mount -t tmpfs none /tmp && command -v pivot_root && command -v setpriv");
    }

    /** @param tried in the shell, within the walls */
    static boolean possible(String tried) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(ALONE);
        command.addAll(List.of("/bin/sh", "-c", tried));
        try {
            Process process = new ProcessBuilder(RunAs.ordinaryUser(command))
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException notHere) {
            return false;
        }
    }
}
