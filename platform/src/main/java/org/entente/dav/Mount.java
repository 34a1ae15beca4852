package org.entente.dav;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.entente.identity.AppPasswords;
import org.jspecify.annotations.Nullable;

/**
 * Where the tree is found: at our own address, and at those where clients made for ownCloud and Nextcloud look for it, and for what belongs to it.
 *
 * @param prefix as it was sent, without a slash at its end
 * @param user whose it must be; null: whoever comes
 * @param path the names below it
 * @param files where the tree itself is for this client
 */
record Mount(String prefix, @Nullable String user, List<String> path, Kind kind, String files) {

    enum Kind {
        TREE,
        /** Where parts of files come in. */
        UPLOADS,
        TRASH,
        VERSIONS
    }

    static final String OURS = "/dav/files";
    private static final String OWNCLOUD = "/remote.php/webdav";
    private static final String FILES = "/remote.php/dav/files";
    private static final Map<String, Kind> PERSONAL = Map.of(
            FILES,
            Kind.TREE,
            "/remote.php/dav/uploads",
            Kind.UPLOADS,
            "/remote.php/dav/trashbin",
            Kind.TRASH,
            "/remote.php/dav/versions",
            Kind.VERSIONS);

    static Optional<Mount> of(String uri) {
        for (String plain : List.of(OURS, OWNCLOUD)) {
            if (beneath(uri, plain)) {
                return Optional.of(
                        new Mount(plain, null, DavPath.names(uri.substring(plain.length())), Kind.TREE, plain));
            }
        }
        for (Map.Entry<String, Kind> personal : PERSONAL.entrySet()) {
            String prefix = personal.getKey();
            if (uri.startsWith(prefix + "/")) {
                int end = uri.indexOf('/', prefix.length() + 1);
                String user = uri.substring(prefix.length() + 1, end < 0 ? uri.length() : end);
                if (user.isEmpty()) {
                    return Optional.empty();
                }
                return Optional.of(new Mount(
                        prefix + "/" + user,
                        DavPath.decoded(user),
                        end < 0 ? List.of() : DavPath.names(uri.substring(end)),
                        personal.getValue(),
                        FILES + "/" + user));
            }
        }
        return Optional.empty();
    }

    boolean isFor(AppPasswords.Granted granted) {
        return user == null
                || user.equals(granted.capacity().toString())
                || user.toLowerCase(Locale.ROOT).equals(granted.address());
    }

    private static boolean beneath(String uri, String prefix) {
        return uri.equals(prefix) || uri.startsWith(prefix + "/");
    }
}
