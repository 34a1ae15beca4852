package org.entente.dav;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.entente.identity.AppPasswords;
import org.jspecify.annotations.Nullable;

/**
 * Where the tree is found: at our own address, and at those where clients made for ownCloud and Nextcloud look for it.
 *
 * @param prefix as it was sent, without a slash at its end
 * @param user whose it must be; null: whoever comes
 * @param path the names below it
 * @param uploads where the tree is for this client, when this is where parts of files come in; else null
 */
record Mount(
        String prefix,
        @Nullable String user,
        List<String> path,
        @Nullable String uploads) {

    static final String OURS = "/dav/files";
    private static final String OWNCLOUD = "/remote.php/webdav";
    private static final String FILES = "/remote.php/dav/files";
    private static final String UPLOADS = "/remote.php/dav/uploads";

    static Optional<Mount> of(String uri) {
        for (String plain : List.of(OURS, OWNCLOUD)) {
            if (beneath(uri, plain)) {
                return Optional.of(new Mount(plain, null, DavPath.names(uri.substring(plain.length())), null));
            }
        }
        for (String personal : List.of(FILES, UPLOADS)) {
            if (uri.startsWith(personal + "/")) {
                int end = uri.indexOf('/', personal.length() + 1);
                String user = uri.substring(personal.length() + 1, end < 0 ? uri.length() : end);
                if (user.isEmpty()) {
                    return Optional.empty();
                }
                return Optional.of(new Mount(
                        personal + "/" + user,
                        DavPath.decoded(user),
                        end < 0 ? List.of() : DavPath.names(uri.substring(end)),
                        personal.equals(UPLOADS) ? FILES + "/" + user : null));
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
