package org.entente.identity.session;

import org.jspecify.annotations.Nullable;

/** What a person recognises of a browser: "Firefox · Windows". A hint for the eye, nothing is decided by it. */
final class Device {

    private static final String[][] BROWSERS = {
        {"Edg/", "Edge"},
        {"OPR/", "Opera"},
        {"Firefox/", "Firefox"},
        {"FxiOS/", "Firefox"},
        {"Chrome/", "Chrome"},
        {"CriOS/", "Chrome"},
        {"Safari/", "Safari"},
        {"curl/", "curl"}
    };
    private static final String[][] SYSTEMS = {
        {"Android", "Android"},
        {"iPhone", "iPhone"},
        {"iPad", "iPad"},
        {"Windows", "Windows"},
        {"Mac OS X", "macOS"},
        {"CrOS", "ChromeOS"},
        {"Linux", "Linux"}
    };

    private Device() {}

    static String of(@Nullable String userAgent) {
        if (userAgent == null) {
            return "";
        }
        String browser = first(BROWSERS, userAgent);
        String system = first(SYSTEMS, userAgent);
        return browser.isEmpty() || system.isEmpty() ? browser + system : browser + " · " + system;
    }

    private static String first(String[][] known, String userAgent) {
        for (String[] one : known) {
            if (userAgent.contains(one[0])) {
                return one[1];
            }
        }
        return "";
    }
}
