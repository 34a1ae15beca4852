package org.entente.keycloak.claims;

import java.util.Map;
import java.util.Optional;
import org.entente.keycloak.ProConnect;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.UserSessionModel;

/** What a CAS application is told when its ticket is good: of the capacity in which the person enters, and nothing when that has ended. */
public final class CasWords {

    /** The name of the protocol, as clients of the realm have it. */
    public static final String PROTOCOL = "cas";

    /** Client attribute: by what the person is named; {@code persistent} when not set. */
    private static final String NAMED_BY = "entente.cas.user";

    private CasWords() {}

    /**
     * @param user by which the application knows the person: an identifier of its own, the address of the capacity, or the person's id
     * @param attributes the words of SAML applications; a value, or a list of values
     */
    public record Said(String user, Map<String, Object> attributes) {}

    /** Empty when the application must not be told anything. */
    public static Optional<Said> of(UserSessionModel session, AuthenticatedClientSessionModel clientSession) {
        try {
            Told told = Told.of(session, clientSession);
            return Optional.ofNullable(user(told)).map(user -> new Said(user, DirectoryWords.of(told)));
        } catch (Told.Refused refused) {
            return Optional.empty();
        }
    }

    private static @Nullable String user(Told told) {
        String by = told.client().getAttribute(NAMED_BY);
        return switch (by == null ? "persistent" : by) {
            case "email" -> (String) told.value("email");
            case "uid" -> told.user().getId();
            default -> ProConnect.subject(told.client(), told.user());
        };
    }
}
