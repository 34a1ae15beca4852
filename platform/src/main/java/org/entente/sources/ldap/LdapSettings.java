package org.entente.sources.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Where a member's directory is, and what of it is read. Only over TLS: {@code ldaps://}, or {@code ldap://} with StartTLS (RFC 4511, 4.14).
 *
 * @param attributes field of the import to attribute; {@code key} is the one that never changes, {@code disabled} says that an account is closed
 * @param ca certificates (PEM) that are trusted beside those that everybody trusts
 * @param nightly the hour at which it is read by itself, or null
 */
record LdapSettings(
        String url,
        String bindDn,
        String baseDn,
        String filter,
        Map<String, String> attributes,
        @Nullable String ca,
        @Nullable Integer nightly) {

    /** Instead of an attribute, for the unit: the name of the organizational unit in which the entry lies. */
    static final String PARENT = "@parent";

    private static final Pattern URL =
            Pattern.compile("(?i)(ldaps?)://(\\[[0-9a-f:.]{2,45}]|[a-z0-9._-]{1,253})(?::([0-9]{1,5}))?/?");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}(;[A-Za-z0-9-]{1,30})?");
    private static final int LDAPS = 636;
    private static final int LDAP = 389;

    LdapSettings {
        url = line("url", url, 300);
        if (!URL.matcher(url).matches() || port(url) < 1 || port(url) > 65_535) {
            throw Refusal.invalidField("url", "ldap.url", url);
        }
        bindDn = line("bindDn", bindDn, 500);
        baseDn = line("baseDn", baseDn, 500);
        if (!DN.isValidDN(baseDn)) {
            throw Refusal.invalidField("baseDn", "ldap.dn", baseDn);
        }
        filter = line("filter", filter, 2_000);
        filter(filter);
        attributes = attributes(attributes);
        ca = ca == null || ca.isBlank() ? null : ca.strip();
        LdapTrust.certificates(ca);
        if (nightly != null && (nightly < 0 || nightly > 23)) {
            throw Refusal.invalidField("nightly", "ldap.nightly");
        }
    }

    boolean ldaps() {
        return url.regionMatches(true, 0, "ldaps:", 0, 6);
    }

    String host() {
        return matched(url).group(2);
    }

    int port() {
        return port(url);
    }

    /** Whether a password that was given for those settings may be used with these: never for another server or another name. */
    boolean sameTarget(LdapSettings other) {
        return url.equals(other.url) && bindDn.equals(other.bindDn) && Objects.equals(ca, other.ca);
    }

    /** Whether the same people are meant. */
    boolean samePeople(LdapSettings other) {
        return url.equals(other.url) && baseDn.equals(other.baseDn) && filter.equals(other.filter);
    }

    static Filter filter(String text) {
        try {
            if (!text.startsWith("(")) {
                throw new LDAPException(ResultCode.FILTER_ERROR, "( … )");
            }
            return Filter.create(text);
        } catch (LDAPException e) {
            throw Refusal.invalidField("filter", "ldap.filter", LdapTrouble.brief(e.getMessage()));
        }
    }

    private static int port(String url) {
        Matcher found = matched(url);
        String said = found.group(3);
        return said != null ? Integer.parseInt(said) : found.group(1).equalsIgnoreCase("ldaps") ? LDAPS : LDAP;
    }

    private static Matcher matched(String url) {
        Matcher found = URL.matcher(url);
        if (!found.matches()) {
            throw new IllegalStateException(url);
        }
        return found;
    }

    private static Map<String, String> attributes(@Nullable Map<String, String> asked) {
        Map<String, String> clean = new LinkedHashMap<>();
        for (String field : LdapPresets.FIELDS) {
            Object said = asked == null ? null : asked.get(field);
            String attribute = said == null ? "" : said.toString().strip();
            if (attribute.isEmpty()) {
                continue;
            }
            if (!ATTRIBUTE.matcher(attribute).matches() && !(field.equals("unit") && attribute.equals(PARENT))) {
                throw Refusal.invalidField("attributes." + field, "ldap.attribute", LdapTrouble.brief(attribute));
            }
            clean.put(field, attribute);
        }
        for (String needed : LdapPresets.NEEDED) {
            if (!clean.containsKey(needed)) {
                throw Refusal.invalidField("attributes." + needed, "ldap.attribute.missing", needed);
            }
        }
        return Map.copyOf(clean);
    }

    private static String line(String field, @Nullable String value, int most) {
        String clean = value == null ? "" : value.strip();
        if (clean.isEmpty()) {
            throw Refusal.invalidField(field, "field.missing", field);
        }
        if (clean.length() > most) {
            throw Refusal.invalidField(field, "field.long", field, most);
        }
        if (clean.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalidField(field, "field.control", field);
        }
        return clean;
    }
}
