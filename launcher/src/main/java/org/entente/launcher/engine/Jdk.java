package org.entente.launcher.engine;

import java.nio.file.Path;

/** The Java that runs us also runs the engines that are written in Java. */
final class Jdk {

    private Jdk() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
