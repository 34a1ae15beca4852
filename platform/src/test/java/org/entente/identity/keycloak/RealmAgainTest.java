package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every start applies the realm anew; on a realm that is as it should be, that changes nothing. */
class RealmAgainTest extends KeycloakTest {

    @Test
    void theRealmAppliedTwiceIsTheRealmAppliedOnce() {
        Map<String, String> before = realm();

        keeper.apply();
        await().atMost(Duration.ofMinutes(1)).until(keeper::done);

        assertThat(realm()).isEqualTo(before);
    }

    @Test
    void whatSomebodyChangedByHandIsPutRight() {
        TestApp.admin()
                .authorised()
                .put()
                .uri("/admin/realms/entente")
                .body(Map.of("bruteForceProtected", false))
                .retrieve()
                .toBodilessEntity();

        keeper.apply();

        await().atMost(Duration.ofMinutes(1))
                .until(() -> keeper.done() && get("").contains("\"bruteForceProtected\":true"));
    }

    private static Map<String, String> realm() {
        Map<String, String> realm = new LinkedHashMap<>();
        for (String part : new String[] {
            "",
            "/users/profile",
            "/authentication/flows",
            "/clients?max=1000",
            "/client-scopes",
            "/authentication/required-actions"
        }) {
            realm.put(part, sorted(new JsonMapper().readTree(get(part))));
        }
        return realm;
    }

    /** Keycloak tells sets in any order. */
    private static String sorted(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream()
                    .map(RealmAgainTest::sorted)
                    .sorted()
                    .toList()
                    .toString();
        }
        if (node.isObject()) {
            return node.propertyStream()
                    .map(entry -> entry.getKey() + "=" + sorted(entry.getValue()))
                    .sorted()
                    .toList()
                    .toString();
        }
        return node.toString();
    }

    private static String get(String part) {
        return TestApp.admin()
                .authorised()
                .get()
                .uri("/admin/realms/entente" + part)
                .retrieve()
                .body(String.class);
    }
}
