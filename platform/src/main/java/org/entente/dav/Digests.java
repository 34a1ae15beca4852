package org.entente.dav;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.storage.Checksum;
import org.entente.storage.Checksum.Algorithm;
import org.jspecify.annotations.Nullable;

/** What a client says its bytes add up to: RFC 9530, RFC 3230, RFC 1864, and the header of ownCloud's clients. */
final class Digests {

    /** What is not here is not looked at, as those headers allow. */
    private static final Map<String, Algorithm> ALGORITHMS = Map.of(
            "sha-256", Algorithm.SHA256,
            "sha256", Algorithm.SHA256,
            "sha-1", Algorithm.SHA1,
            "sha1", Algorithm.SHA1,
            "sha", Algorithm.SHA1,
            "md5", Algorithm.MD5,
            "adler32", Algorithm.ADLER32);

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
    static @Nullable Checksum said(Exchange exchange) {
        Checksum best = null;
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

    private static @Nullable Checksum better(@Nullable Checksum best, String said, @Nullable String hex) {
        Algorithm algorithm = ALGORITHMS.get(said.strip().toLowerCase(Locale.ROOT));
        if (algorithm == null) {
            return best;
        }
        if (hex == null) {
            throw wrong();
        }
        try {
            Checksum sum = new Checksum(algorithm, hex.toLowerCase(Locale.ROOT));
            return best != null && best.hex().length() >= sum.hex().length() ? best : sum;
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
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
