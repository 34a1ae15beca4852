package org.entente.dav;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.files.Writing;
import org.jspecify.annotations.Nullable;

/** What a client says its bytes add up to: RFC 9530, RFC 3230, RFC 1864, and the header of ownCloud's clients. */
final class Digests {

    /** The better first; what is not here (Adler32) is not looked at, as those headers allow. */
    private static final Map<String, String> ALGORITHMS = Map.of(
            "sha-256", "SHA-256", "sha256", "SHA-256", "sha-1", "SHA-1", "sha1", "SHA-1", "sha", "SHA-1", "md5", "MD5");

    private static final Pattern STRUCTURED = Pattern.compile("\\s*([a-z0-9-]+)=:([A-Za-z0-9+/=]*):\\s*");

    private Digests() {}

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The strongest that was said; null for none that we know. Refused with 400 when one of them cannot be read. */
    static Writing.@Nullable Checksum said(Exchange exchange) {
        Writing.Checksum best = null;
        for (String header : new String[] {"Repr-Digest", "Content-Digest"}) {
            for (String one : parts(exchange.header(header))) {
                Matcher structured = STRUCTURED.matcher(one);
                if (!structured.matches()) {
                    throw wrong();
                }
                best = better(best, structured.group(1), base64(structured.group(2)));
            }
        }
        for (String one : parts(exchange.header("Digest"))) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw wrong();
            }
            best = better(best, one.substring(0, equals), base64(one.substring(equals + 1)));
        }
        String md5 = exchange.header("Content-MD5");
        if (md5 != null) {
            best = better(best, "md5", base64(md5));
        }
        String ownCloud = exchange.header("OC-Checksum");
        if (ownCloud != null) {
            for (String one : ownCloud.strip().split("\\s+")) {
                int colon = one.indexOf(':');
                if (colon < 1) {
                    throw wrong();
                }
                best = better(best, one.substring(0, colon), one.substring(colon + 1));
            }
        }
        return best;
    }

    private static String[] parts(@Nullable String header) {
        return header == null || header.isBlank() ? new String[0] : header.split(",");
    }

    private static Writing.@Nullable Checksum better(Writing.@Nullable Checksum best, String said, @Nullable String hex) {
        String algorithm = ALGORITHMS.get(said.strip().toLowerCase(Locale.ROOT));
        if (algorithm == null) {
            return best;
        }
        int length = switch (algorithm) {
            case "SHA-256" -> 64;
            case "SHA-1" -> 40;
            default -> 32;
        };
        if (hex == null || hex.length() != length || !hex.matches("[0-9a-fA-F]+")) {
            throw wrong();
        }
        return best != null && best.hex().length() >= length
                ? best
                : new Writing.Checksum(algorithm, hex.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String base64(String text) {
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(text.strip()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static DavError wrong() {
        return DavError.of(400, "dav.digest");
    }
}
