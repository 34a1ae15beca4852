package org.entente.launcher.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Java that runs us also runs the engines that are written in Java. */
final class Jdk {

    private Jdk() {}

    /**
     * Where such an engine puts what it forgets: never the common folder, where another user's territory has put things of the same
     * name.
     */
    static String temporary(Path folder) throws IOException {
        Files.createDirectories(folder);
        RunAs.own(folder);
        return "-Djava.io.tmpdir=" + folder.toAbsolutePath();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
