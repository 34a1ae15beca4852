package org.entente.launcher.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of each engine this build carries, as the build wrote it down. */
public final class Versions {

    private static final Properties ALL = read();

    private Versions() {}

    public static String postgresql() {
        return ALL.getProperty("postgresql");
    }

    public static String keycloak() {
        return ALL.getProperty("keycloak");
    }

    public static String entente() {
        return ALL.getProperty("entente");
    }

    private static Properties read() {
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            Properties all = new Properties();
            all.load(in);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
