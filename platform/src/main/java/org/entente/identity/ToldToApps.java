package org.entente.identity;

import java.util.List;
import java.util.Map;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;

/** What an application would receive of a person: asked of the engine that would tell it, so that the answer is the real one. */
public interface ToldToApps {

    /**
     * @param clientId by which the application is known to the sign-in
     * @throws org.entente.base.Refusal when the sign-in does not answer, or does not yet know the application, the person or the capacity
     */
    Told ask(String clientId, PersonId person, AffiliationId capacity);

    /**
     * The answers of one sign-in by password, without what is of that sign-in only.
     *
     * @param scopes everything the application may ask for, all of which it is answered with here
     */
    record Told(String protocol, List<String> scopes, Map<String, Object> idToken, Map<String, Object> userinfo) {}
}
