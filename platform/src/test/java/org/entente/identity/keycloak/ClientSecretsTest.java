package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.identity.PortalClient;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

@SpringBootTest
@Import(TestPostgres.class)
class ClientSecretsTest {

    @Autowired
    ClientSecrets secrets;

    @Autowired
    PortalClient portal;

    @Test
    void aSecretIsMadeOnceAndNeverShown() {
        assertThat(secrets.of("some-app")).hasSize(43).isEqualTo(secrets.of("some-app"));
        assertThat(secrets.of("another-app")).isNotEqualTo(secrets.of("some-app"));

        assertThat(portal.clientSecret()).isEqualTo(secrets.of(PortalClient.ID));
        assertThat(portal.issuer()).endsWith("/realms/entente");
        assertThat(portal.toString()).doesNotContain(portal.clientSecret());
    }
}
