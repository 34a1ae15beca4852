package org.entente.keycloak.backchannel;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A notice as it is posted now. */
record Message(URI to, String type, String body, String requestId) {

    static Message form(URI to, String parameter, String value) {
        return new Message(
                to,
                "application/x-www-form-urlencoded",
                parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8),
                "");
    }

    static Message soap(URI to, String envelope, String requestId) {
        return new Message(to, "text/xml; charset=utf-8", envelope, requestId);
    }

    boolean isSoap() {
        return !requestId.isEmpty();
    }
}
