package org.entente.sources.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/** Says in words of the catalogue what an LDAP server or the way to it did not do (result codes: RFC 4511, 4.1.9). */
final class LdapTrouble {

    /** What Active Directory hides in the text of a refused bind (Microsoft, "LDAP Error codes", Win32 codes in hexadecimal). */
    private static final Pattern DIRECTORY_CODE = Pattern.compile("\\bdata ([0-9a-fA-F]{2,8})\\b");

    private static final Set<String> EXPLAINED = Set.of("525", "52e", "530", "531", "532", "533", "701", "773", "775");

    private LdapTrouble() {}

    /** The way to the server. */
    static Refusal connecting(LDAPException e, LdapSettings to) {
        String place = to.host() + ":" + to.port();
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (caused(e, SocketTimeoutException.class) || text.contains("timed out") || text.contains("timeout")) {
            return timeout(to);
        }
        if (caused(e, SSLException.class) || text.contains("ssl")) {
            return Refusal.invalid("ldap.tls", place, brief(e.getMessage()));
        }
        if (caused(e, ConnectException.class) || text.contains("refused")) {
            return Refusal.of(Refusal.Kind.UNAVAILABLE, "ldap.refused", place);
        }
        if (caused(e, NoRouteToHostException.class) || text.contains("unreachable") || text.contains("no route")) {
            return Refusal.of(Refusal.Kind.UNAVAILABLE, "ldap.route", place);
        }
        return Refusal.of(Refusal.Kind.UNAVAILABLE, "ldap.cut", place);
    }

    static Refusal timeout(LdapSettings to) {
        return Refusal.of(Refusal.Kind.UNAVAILABLE, "ldap.timeout", to.host() + ":" + to.port());
    }

    static Refusal startTls(LDAPException e, LdapSettings to) {
        return cut(e) ? connecting(e, to) : Refusal.invalid("ldap.starttls", code(e), brief(e.getDiagnosticMessage()));
    }

    static Refusal binding(LDAPException e, LdapSettings to) {
        if (cut(e)) {
            return connecting(e, to);
        }
        String hidden = directoryCode(e);
        if (hidden != null) {
            return Refusal.invalidField("bindDn", "ldap.bind." + hidden, to.bindDn());
        }
        return Refusal.invalidField(
                "bindDn",
                e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS) ? "ldap.bind" : "ldap.bind.other",
                to.bindDn(),
                code(e),
                brief(e.getDiagnosticMessage()));
    }

    /** Why Active Directory refused a bind, such as {@code 775}; null where nothing known is said. */
    static @Nullable String directoryCode(LDAPException e) {
        Matcher found = DIRECTORY_CODE.matcher(String.valueOf(e.getDiagnosticMessage()));
        String code = found.find() ? found.group(1).toLowerCase(Locale.ROOT) : "";
        return EXPLAINED.contains(code) ? code : null;
    }

    static Refusal searching(LDAPException e, LdapSettings to) {
        ResultCode code = e.getResultCode();
        if (cut(e)) {
            return Refusal.of(Refusal.Kind.UNAVAILABLE, "ldap.cut", to.host() + ":" + to.port());
        }
        if (code.equals(ResultCode.NO_SUCH_OBJECT) || code.equals(ResultCode.INVALID_DN_SYNTAX)) {
            String nearest = e.getMatchedDN() == null || e.getMatchedDN().isEmpty() ? "—" : brief(e.getMatchedDN());
            return Refusal.invalidField("baseDn", "ldap.base", to.baseDn(), nearest);
        }
        if (code.equals(ResultCode.REFERRAL)) {
            return Refusal.invalidField("baseDn", "ldap.referral", to.baseDn());
        }
        if (code.equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
            return Refusal.invalid("ldap.access", to.bindDn());
        }
        if (code.equals(ResultCode.SIZE_LIMIT_EXCEEDED) || code.equals(ResultCode.ADMIN_LIMIT_EXCEEDED)) {
            return Refusal.invalid("ldap.size", to.bindDn());
        }
        return Refusal.invalid("ldap.other", code(e), brief(e.getDiagnosticMessage()));
    }

    /** A text of somebody else's, safe to show: short, on one line. */
    static String brief(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return "—";
        }
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    private static String code(LDAPException e) {
        return e.getResultCode().intValue() + " " + e.getResultCode().getName();
    }

    /** Whether the way to the server, or the server, failed: nothing was answered. */
    static boolean cut(LDAPException e) {
        ResultCode code = e.getResultCode();
        return code.equals(ResultCode.SERVER_DOWN)
                || code.equals(ResultCode.CONNECT_ERROR)
                || code.equals(ResultCode.TIMEOUT)
                || code.equals(ResultCode.LOCAL_ERROR)
                || code.equals(ResultCode.DECODING_ERROR)
                || code.equals(ResultCode.UNAVAILABLE)
                || code.equals(ResultCode.BUSY);
    }

    private static boolean caused(Throwable thrown, Class<? extends Throwable> by) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (by.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
