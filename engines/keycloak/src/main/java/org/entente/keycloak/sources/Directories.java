package org.entente.keycloak.sources;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.keycloak.Json;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/** Members' directories by whose passwords people sign in, as the platform wrote them into the realm. */
public final class Directories {

    private static final String ATTRIBUTE = "entente.directories";

    private static final Map<String, Read> READ = new ConcurrentHashMap<>();

    private Directories() {}

    /** @param door where the platform takes questions */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record All(String door, List<Directory> directories) {

        private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

        All {
            URI uri = URI.create(String.valueOf(door));
            // Passwords of people go there.
            if (!"https".equals(uri.getScheme())
                    && !("http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost())))) {
                throw new IllegalArgumentException("The door must be https, or on this machine");
            }
            directories = directories == null ? List.of() : List.copyOf(directories);
        }
    }

    private record Read(String text, All all) {}

    static void put(RealmModel realm, All all) {
        realm.setAttribute(ATTRIBUTE, Json.write(all));
    }

    static @Nullable All of(RealmModel realm) {
        String text = realm.getAttribute(ATTRIBUTE);
        if (text == null) {
            return null;
        }
        Read read = READ.get(realm.getId());
        if (read == null || !read.text().equals(text)) {
            read = new Read(text, Json.read(text, All.class));
            READ.put(realm.getId(), read);
        }
        return read.all();
    }

    /** The one in service for the domain of this address. A mail domain is of one member, and a member has one directory. */
    public static Optional<Directory> inService(RealmModel realm, @Nullable String address) {
        All all = of(realm);
        return all == null || address == null
                ? Optional.empty()
                : all.directories().stream()
                        .filter(one -> one.inService() && one.covers(address))
                        .findFirst();
    }

    /** The one that a link names, on trial or in service. */
    public static Optional<Directory> named(RealmModel realm, @Nullable String hint) {
        All all = of(realm);
        return all == null || hint == null
                ? Optional.empty()
                : all.directories().stream().filter(one -> one.named(hint)).findFirst();
    }
}
