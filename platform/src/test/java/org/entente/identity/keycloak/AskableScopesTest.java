package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.entente.catalog.SignIn;
import org.junit.jupiter.api.Test;

/** What the catalogue tells operators about scopes is what the realm gives. */
class AskableScopesTest {

    @Test
    void theScopesThatTheCatalogueKnowsAreThoseOfTheRealm() {
        Set<String> given = new HashSet<>(RealmDocument.OPTIONAL_SCOPES);
        given.add("openid");

        assertThat(SignIn.Oidc.SCOPES).isEqualTo(given);
    }
}
