package org.entente.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The name and password of a header {@code Authorization: Basic} (RFC 7617), read in one place for every door that takes them. */
public record BasicCredentials(String name, String password) {

    private static final int LONGEST = 1000;
    private static final String SCHEME = "Basic ";

    /** @return empty for no header, another scheme, and what is not written as it should be */
    public static Optional<BasicCredentials> of(@Nullable String authorization) {
        if (authorization == null
                || authorization.length() > LONGEST
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring(SCHEME.length()).strip()),
                    UTF_8);
            int colon = pair.indexOf(':');
            return colon < 1 || pair.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Never shows the password: records are easily logged. */
    @Override
    public String toString() {
        return "BasicCredentials[" + name + "]";
    }
}
