package org.entente.wopi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where one file opens: the address of a kind, with what it leaves open filled in ([MS-WOPI] 3.1.5.1.1.2.3.2: {@code <name=PLACEHOLDER&>}). */
final class WopiAddress {

    private static final Pattern OPEN = Pattern.compile("<([A-Za-z_]+)=([A-Za-z_]+)&?>");

    private WopiAddress() {}

    /** @param source the file's own address here */
    static String of(String kind, String source, Locale language) {
        String encoded = URLEncoder.encode(source, UTF_8);
        StringBuilder address =
                new StringBuilder(OPEN.matcher(kind).replaceAll(found -> filled(found, encoded, language)));
        if (address.indexOf("?") < 0) {
            address.append('?');
        }
        add(address, "WOPISrc", encoded);
        // Collabora Online does not look at the placeholders, and has this
        add(address, "lang", language.getLanguage());
        return address.toString();
    }

    private static String filled(MatchResult found, String source, Locale language) {
        return switch (found.group(2)) {
            case "UI_LLCC", "DC_LLCC" -> found.group(1) + "=" + tag(language) + "&";
            case "WOPI_SOURCE" -> found.group(1) + "=" + source + "&";
            default -> "";
        };
    }

    private static String tag(Locale language) {
        return language.getLanguage().equals("fr") ? "fr-FR" : "en-US";
    }

    private static void add(StringBuilder address, String name, String value) {
        String query = address.substring(address.indexOf("?"));
        if (query.contains("?" + name + "=") || query.contains("&" + name + "=")) {
            return;
        }
        char last = address.charAt(address.length() - 1);
        address.append(last == '?' || last == '&' ? "" : "&")
                .append(name)
                .append('=')
                .append(value);
    }
}
