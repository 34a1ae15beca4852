package org.entente.identity;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What applications are told, from server to server, of sessions that have ended; the sign-in engine tells them. */
public interface LogoutNotices {

    /** The most notices one {@link #see} takes. */
    int MOST = 100;

    /**
     * What became of these notices. Each has been sent once when its session ended; with {@code again} it is sent anew, as it is when the engine does not
     * remember it. Takes some seconds where an application does not answer.
     *
     * @throws org.springframework.web.client.RestClientException when the engine does not answer or says no
     */
    List<Told> see(List<Notice> notices, boolean again);

    /** The most {@link #heard} takes. */
    int MOST_HEARD = 1000;

    /**
     * What was answered about these is kept: until then the engine answers it again with each write of the person. What it has not sent yet it sends now.
     *
     * @throws org.springframework.web.client.RestClientException when the engine does not answer or says no
     */
    void heard(List<UUID> notices);

    /** How an application can be told. */
    enum Means {
        OIDC_BACK_CHANNEL,
        SAML_SOAP,
        CAS_LOGOUT,
        /** Not at all, by its description. */
        NONE
    }

    /**
     * That a session of an application has ended.
     *
     * @param client the application, as the engine knows it
     * @param service of the catalogue
     * @param capacity the session was of, if any
     * @param facts what the engine needs to say it; of no interest to anybody else
     */
    record Notice(
            UUID id,
            String client,
            String service,
            @Nullable UUID capacity,
            Means means,
            Map<String, String> facts) {}

    /** What an application did with a notice. */
    enum Outcome {
        ANSWERED,
        /** It says that it could not. */
        REFUSED,
        /** It did not answer, or not with anything that can be understood. */
        SILENT,
        /** It has no such address any more. */
        GONE
    }

    /** @param detail why: {@code http 400}, {@code saml Requester}, {@code timeout}, {@code tls}, {@code unreachable} */
    record Told(UUID id, Outcome outcome, String detail) {}
}
