package org.entente.provisioning;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.identity.session.TestSession;
import org.entente.provisioning.scim.ScimServer;
import org.entente.testing.TestTerritory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long a whole town takes to arrive: an HR file of {@code entente.bench.people} lines, from the click that applies it until every
 * account of everybody is active in Keycloak. Not run with the tests: see bench/README.md.
 */
class ArrivalBench {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String EDGE = "----entente-bench";

    private final int people = Integer.getInteger("entente.bench.people", 30_000);

    @Test
    void howLongATownTakesToArrive() throws Exception {
        try (ScimServer app = new ScimServer(true)) {
            TestTerritory territory =
                    new TestTerritory("arrival-bench", List.of(), List.of("entente.s3.url=http://127.0.0.1:9"));
            // The app for élus only: its test server is not made for crowds.
            TerritoryPeople.offers(territory, app, "elu");
            territory.start();
            await().atMost(TerritoryPeople.PATIENCE)
                    .until(() -> territory
                            .jdbc()
                            .sql("SELECT EXISTS (SELECT FROM catalog.service WHERE id = 'chat')")
                            .query(Boolean.class)
                            .single());
            TerritoryPeople town = new TerritoryPeople(territory);
            territory
                    .jdbc()
                    .sql(
                            "INSERT INTO directory.mail_domain (domain, member, verified_at) VALUES ('givors.example', ?, now())")
                    .param(town.member)
                    .update();
            TestSession admin = town.session(town.arrive(1, "elu").getFirst(), "member_admin");
            String imports = "/api/members/" + town.member + "/imports";

            long start = System.nanoTime();
            String id = read(
                            town,
                            town.signed(imports, admin)
                                    .header("Content-Type", "multipart/form-data; boundary=" + EDGE)
                                    .POST(HttpRequest.BodyPublishers.ofString(file())))
                    .path("id")
                    .asString();
            until(town, admin, imports + "/" + id, "analysed");
            print("dry run", start);

            start = System.nanoTime();
            read(
                    town,
                    town.signed(imports + "/" + id + "/apply", admin)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{}")));
            until(town, admin, imports + "/" + id, "applied");
            print("applied", start);
            await().atMost(TerritoryPeople.PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> territory
                            .jdbc()
                            .sql("""
                            SELECT (SELECT count(*) FROM directory.affiliation WHERE phase = 'current') > ?
                                AND NOT EXISTS (SELECT FROM provisioning.account WHERE revision > applied)""")
                            .param(people)
                            .query(Boolean.class)
                            .single());
            print("every account active", start);
            System.out.println(territory
                    .jdbc()
                    .sql(
                            "SELECT string_agg(service || ' ' || n, ', ') FROM (SELECT service, count(*) AS n FROM provisioning.account WHERE state = 'active' GROUP BY 1) s")
                    .query(String.class)
                    .single());
            territory.stop();
        }
    }

    private static JsonNode read(TerritoryPeople town, HttpRequest.Builder request) throws Exception {
        var answer = town.send(request);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    private static void until(TerritoryPeople town, TestSession admin, String one, String state) {
        await().atMost(TerritoryPeople.PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> read(town, town.signed(one, admin))
                        .path("state")
                        .asString()
                        .equals(state));
    }

    private String file() {
        StringBuilder csv = new StringBuilder("--" + EDGE
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"agents.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                + "Matricule;Prénom;Nom d'usage;Date de naissance;Fonction;Service;Adresse mail\r\n");
        for (int i = 0; i < people; i++) {
            csv.append(i)
                    .append(";Camille;Nom")
                    .append(UUID.randomUUID().toString(), 0, 8)
                    .append(";12/06/19")
                    .append(60 + i % 40)
                    .append(";Agent d’accueil;Service ")
                    .append(i % 40)
                    .append(";p")
                    .append(i)
                    .append("@givors.example\r\n");
        }
        return csv.append("\r\n--" + EDGE + "--\r\n").toString();
    }

    private static void print(String what, long since) {
        System.out.println(String.format(Locale.ROOT, "%s: %.1f s", what, (System.nanoTime() - since) / 1e9));
    }
}
