package org.entente.identity.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The npm libraries that play a part in tests are among those of the browser application, which is built after them. */
public final class NodePackages {

    private NodePackages() {}

    /** Installs what is not there yet; answers the folder in which {@code node} finds them. */
    public static Path installed() {
        Path web = Path.of(System.getProperty("entente.home", "..")).resolve("web");
        try {
            Process install = new ProcessBuilder("sh", "scripts/maven.sh", "install")
                    .directory(web.toFile())
                    .inheritIO()
                    .start();
            if (install.waitFor() != 0) {
                throw new IOException("The dependencies of web/ cannot be installed");
            }
            return web;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
