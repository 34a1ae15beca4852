package org.entente.keycloak.cas;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.entente.keycloak.backchannel.Notice;
import org.entente.keycloak.claims.CasWords;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/** Single logout (CAS protocol 3.0, 2.3.3): each address that has had a good ticket of a session is told that the session has ended. */
public final class CasLogout {

    /** Client session note, followed by a ticket that was good: when, and for which address. One note each, so that two at once lose none. */
    private static final String OPENED = "entente.cas.opened.";

    /** Sessions that one application may hold open in one of ours; beyond, the oldest is forgotten. */
    private static final int MOST = 30;

    private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

    private CasLogout() {}

    /** Remembers that the application has opened a session of its own with this ticket. */
    static void opened(AuthenticatedClientSessionModel clientSession, String ticket, String service) {
        opened(clientSession)
                .sorted(Comparator.comparing(Map.Entry<String, String>::getValue)
                        .reversed())
                .skip(MOST - 1)
                .toList()
                .forEach(entry -> clientSession.removeNote(entry.getKey()));
        clientSession.setNote(OPENED + ticket, Time.currentTime() + " " + service);
    }

    /** What the application is to be told when this session of its ends: only at an address that is still one of its own. */
    public static List<Notice> notices(AuthenticatedClientSessionModel clientSession) {
        return opened(clientSession)
                .flatMap(entry -> Services.of(clientSession.getClient(), address(entry.getValue()))
                        .map(url -> Notice.form(
                                clientSession,
                                Notice.Means.CAS_LOGOUT,
                                url.uri(),
                                "logoutRequest",
                                request(entry.getKey().substring(OPENED.length()))))
                        .stream())
                .toList();
    }

    /** Has a sign-out that is under way end at this address. */
    public static void leadsTo(UserSessionModel ending, String next) {
        ending.setNote(AuthenticationManager.KEYCLOAK_LOGOUT_PROTOCOL, CasWords.PROTOCOL);
        ending.setNote(CasProtocol.AFTER_SIGN_OUT, next);
    }

    private static Stream<Map.Entry<String, String>> opened(AuthenticatedClientSessionModel clientSession) {
        return clientSession.getNotes().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(OPENED));
    }

    private static String address(String note) {
        return note.substring(note.indexOf(' ') + 1);
    }

    private static String request(String ticket) {
        return Words.write(xml -> {
            xml.writeStartElement("samlp", "LogoutRequest", PROTOCOL);
            xml.writeNamespace("samlp", PROTOCOL);
            xml.writeNamespace("saml", ASSERTION);
            xml.writeAttribute("ID", "LR-" + UUID.randomUUID());
            xml.writeAttribute("Version", "2.0");
            xml.writeAttribute(
                    "IssueInstant",
                    Instant.ofEpochMilli(Time.currentTimeMillis())
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString());
            xml.writeStartElement("saml", "NameID", ASSERTION);
            // The protocol names nobody here: the ticket says which session.
            xml.writeCharacters("@NOT_USED@");
            xml.writeEndElement();
            xml.writeStartElement("samlp", "SessionIndex", PROTOCOL);
            xml.writeCharacters(ticket);
            xml.writeEndElement();
            xml.writeEndElement();
        });
    }
}
