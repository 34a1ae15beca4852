package org.entente.identity.session;

import org.jspecify.annotations.Nullable;

/** Where to go after a sign-in: a path of this portal and nothing that a browser could take for another place. */
final class Target {

    private static final int LONGEST = 1000;

    private Target() {}

    static String of(@Nullable String asked) {
        if (asked == null
                || asked.length() > LONGEST
                || !asked.startsWith("/")
                || asked.startsWith("//")
                || asked.startsWith("/sign-")
                || asked.startsWith("/login/")
                || asked.startsWith("/api/")
                || asked.chars().anyMatch(c -> c == '\\' || c < 0x21 || c > 0x7e)) {
            return "/";
        }
        return asked;
    }
}
