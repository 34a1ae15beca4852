package org.entente.launcher.territory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.entente.launcher.Trouble;
import org.entente.launcher.engine.RunAs;
import org.entente.launcher.engine.Versions;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is: the clone, its settings, the territory's folder and the unpacked engines. Started by root, everything runs as an
 * ordinary user, who may not be able to reach the clone; then folders of the system are taken.
 */
public record Place(Path home, Path config, Settings settings, DataFolder data, Path engines) {

    private static final Path SYSTEM = Path.of("/var/lib/entente");

    public static Place find(Path home, Path config) throws IOException, InterruptedException {
        Path clone = home.toAbsolutePath().normalize();
        Settings settings = Settings.read(config);
        if (RunAs.root() && settings.user() != null) {
            RunAs.choose(settings.user());
        }
        DataFolder data = new DataFolder(dataFolder(clone, config, settings));
        keepOwner(data.root());
        return new Place(clone, config, settings, data, engines(clone));
    }

    /** The stock Keycloak that the build fetched. */
    public Path keycloakZip() {
        return home.resolve(".entente/engines/dist/keycloak-quarkus-dist-" + Versions.keycloak() + ".zip");
    }

    private static Path dataFolder(Path home, Path config, Settings settings) throws IOException, InterruptedException {
        String named = settings.data();
        if (named != null) {
            return config.toAbsolutePath().resolveSibling(named).normalize();
        }
        return reachable(home)
                ? home.resolve("data")
                : SYSTEM.resolve(nameOf(home)).resolve("data");
    }

    private static Path engines(Path home) throws IOException, InterruptedException {
        String named = System.getProperty("entente.engines");
        if (named != null) {
            return Path.of(named);
        }
        Path inClone = home.resolve(".entente/engines");
        if (RunAs.root()) {
            return reachable(home) ? inClone : SYSTEM.resolve("engines");
        }
        return Files.isWritable(Files.exists(inClone) ? inClone : home)
                ? inClone
                : Path.of(System.getProperty("user.home"), ".local/share/entente/engines");
    }

    private static boolean reachable(Path home) throws IOException, InterruptedException {
        return !RunAs.root() || RunAs.canRead(home);
    }

    /** A territory that an ordinary user started stays that user's when root starts it once. */
    private static void keepOwner(Path data) throws IOException {
        if (!Files.exists(data)) {
            return;
        }
        String owner = Files.getOwner(data).getName();
        if (RunAs.root()) {
            if (!owner.equals("root")) {
                RunAs.choose(owner);
            }
        } else if (!owner.equals(RunAs.user())) {
            throw new Trouble("The territory in " + data + " belongs to " + owner
                    + ": run this command as that user or as root.");
        }
    }

    /** Two clones of one name must not share a territory. */
    private static String nameOf(Path home) {
        @Nullable Path last = home.getFileName();
        return (last == null ? "root" : last.toString()) + "-"
                + String.format(Locale.ROOT, "%06x", home.toString().hashCode() & 0xffffff);
    }
}
