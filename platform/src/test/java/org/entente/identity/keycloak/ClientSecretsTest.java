package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.identity.PortalClient;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
@Import(TestPostgres.class)
class ClientSecretsTest {

    @Autowired
    ClientSecrets secrets;

    @Autowired
    PortalClient portal;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aSecretIsMadeOnceAndNeverShown() {
        assertThat(secrets.of("some-app")).hasSize(43).isEqualTo(secrets.of("some-app"));
        assertThat(secrets.of("another-app")).isNotEqualTo(secrets.of("some-app"));

        assertThat(portal.clientSecret()).isEqualTo(secrets.of(PortalClient.ID));
        assertThat(portal.issuer()).endsWith("/realms/entente");
        assertThat(portal.toString()).doesNotContain(portal.clientSecret());
    }

    @Test
    void secretsLieClosedInTheDatabaseAndThoseOfBeforeAreClosedWhenTheyAreRead() {
        String made = secrets.of("closed-app");
        String before = "b".repeat(43);
        jdbc.sql("INSERT INTO identity.keycloak_client (client_id, secret) VALUES ('older-app', ?)")
                .param(before)
                .update();

        assertThat(secrets.of("older-app")).isEqualTo(before).isEqualTo(secrets.of("older-app"));

        assertThat(jdbc.sql("SELECT * FROM identity.keycloak_client")
                        .query()
                        .listOfRows()
                        .toString())
                .doesNotContain(made)
                .doesNotContain(before);
    }

    @Test
    void aSecretThatDoesNotOpenIsMadeAnew() {
        secrets.of("restored-app");
        jdbc.sql(
                        "UPDATE identity.keycloak_client SET sealed = sealed || '\\x00'::bytea WHERE client_id = 'restored-app'")
                .update();

        assertThat(secrets.of("restored-app")).hasSize(43).isEqualTo(secrets.of("restored-app"));
    }
}
