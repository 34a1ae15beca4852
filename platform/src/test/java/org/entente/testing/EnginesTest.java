package org.entente.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

@ExtendWith(SpringExtension.class)
@Import({TestKeycloak.class, TestS3.class})
class EnginesTest {

    @Autowired
    Environment environment;

    @Test
    void keycloakGivesItsBootstrapClientATokenForTheMasterRealm() {
        Map<?, ?> answer = RestClient.create(environment.getRequiredProperty("entente.keycloak.url"))
                .post()
                .uri("/realms/master/protocol/openid-connect/token")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(MultiValueMap.fromSingleValue(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", environment.getRequiredProperty("entente.keycloak.admin-client-id"),
                        "client_secret", environment.getRequiredProperty("entente.keycloak.admin-client-secret"))))
                .retrieve()
                .body(Map.class);

        assertThat((String) answer.get("access_token")).isNotEmpty();
    }

    @Test
    void theObjectStoreRefusesStrangers() {
        int status = RestClient.create(environment.getRequiredProperty("entente.s3.url"))
                .put()
                .uri("/entente/anything")
                .body("hello")
                .exchange((request, response) -> response.getStatusCode().value());

        assertThat(status).isEqualTo(403);
    }
}
