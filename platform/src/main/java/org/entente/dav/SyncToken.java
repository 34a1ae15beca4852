package org.entente.dav;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.files.FileNode;

/** What a client comes back with to be told what has changed (RFC 6578): of one folder, up to one change of its space. */
final class SyncToken {

    private static final Pattern FORM = Pattern.compile("urn:entente:sync:([0-9a-f-]{36}):([0-9]{1,18})");

    private SyncToken() {}

    static String of(FileNode folder, long number) {
        return "urn:entente:sync:" + folder.id() + ":" + number;
    }

    /** The change it is up to; 0 for an empty one. Refused with 403 {@code valid-sync-token} when it is not of this folder. */
    static long read(String token, FileNode folder) {
        if (token.isEmpty()) {
            return 0;
        }
        Matcher form = FORM.matcher(token);
        if (!form.matches() || !form.group(1).equals(folder.id().toString())) {
            throw stale();
        }
        return Long.parseLong(form.group(2));
    }

    static DavError stale() {
        return DavError.condition(403, "valid-sync-token", "dav.sync-token");
    }
}
