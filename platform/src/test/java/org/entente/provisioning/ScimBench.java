package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.entente.identity.session.TestSession;
import org.entente.testing.TestTerritory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How many people a second a town's own software makes arrive by SCIM, among tens of thousands, in a whole territory. */
class ScimBench {

    private static final String SIREN = "216902593";
    private static final int CREATES = Integer.getInteger("entente.bench.creates", 2000);
    private static final int WARM_UP = 1500;
    private static final List<Integer> CLIENTS = List.of(4, 16);
    private static final int IN_ONE = 200;

    private final int people = Integer.getInteger("entente.bench.people", 30_000);

    @Test
    void howFastSoftwareMakesPeopleArrive() throws Exception {
        TestTerritory territory =
                new TestTerritory("scim-bench", List.of(), List.of("entente.s3.url=http://127.0.0.1:9"));
        territory.start();
        TerritoryPeople town = new TerritoryPeople(territory);
        territory
                .jdbc()
                .sql("UPDATE directory.member SET siren = ? WHERE id = ?")
                .params(SIREN, town.member)
                .update();
        territory
                .jdbc()
                .sql(
                        "INSERT INTO directory.mail_domain (domain, member, verified_at) VALUES ('givors.example', ?, now())")
                .param(town.member)
                .update();
        TestSession admin = town.session(town.arrive(people, "agent").getFirst(), "member_admin");
        String token = new JsonMapper()
                .readTree(town.send(town.signed("/api/members/" + town.member + "/scim-clients", admin)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"bench\"}")))
                        .body())
                .path("token")
                .asString();

        Makes single = (clients, from, to) -> oneByOne(territory, town, token, clients, from, to);
        single.people(4, 0, WARM_UP); // a platform that has just started still compiles itself
        settled(territory);
        int from = WARM_UP;
        for (int clients : CLIENTS) {
            long start = System.nanoTime();
            single.people(clients, from, from + CREATES);
            print("%d people present, %d created one by one by %d clients: %.0f a second", clients, start);
            settled(territory);
            print(
                    "%2$d accounts of them in Keycloak, from the first request to the last: %4$.0f a second",
                    clients, start);
            from += CREATES;
        }
        long start = System.nanoTime();
        for (int n = from; n < from + CREATES; n += IN_ONE) {
            createTogether(territory, town, token, n);
        }
        print("%d people present, %d created by requests of %d: %.0f a second", IN_ONE, start);
        territory.stop();
    }

    private interface Makes {
        void people(int clients, int from, int to) throws Exception;
    }

    private void print(String sentence, int by, long start) {
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        System.out.printf(Locale.ROOT, sentence + "%n", people, CREATES, by, CREATES / seconds);
    }

    private static void settled(TestTerritory territory) {
        await().atMost(TerritoryPeople.PATIENCE)
                .until(() -> territory
                        .jdbc()
                        .sql("SELECT NOT EXISTS (SELECT FROM provisioning.account WHERE revision > applied)")
                        .query(Boolean.class)
                        .single());
    }

    private static void oneByOne(
            TestTerritory territory, TerritoryPeople town, String token, int clients, int from, int to)
            throws Exception {
        AtomicInteger next = new AtomicInteger(from);
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < to; n = next.getAndIncrement()) {
                        create(territory, town, token, n);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private static void createTogether(TestTerritory territory, TerritoryPeople town, String token, int from)
            throws Exception {
        String operations = IntStream.range(from, from + IN_ONE)
                .mapToObj(n ->
                        "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"" + n + "\",\"data\":" + user(n) + "}")
                .collect(Collectors.joining(",", "[", "]"));
        var answer = town.send(HttpRequest.newBuilder(territory.url("/scim/v2/" + SIREN + "/Bulk"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/scim+json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":"
                                + operations + "}")));
        assertThat(new String(answer.body(), StandardCharsets.UTF_8).split("\"status\":\"201\"", -1))
                .hasSize(IN_ONE + 1);
    }

    private static String user(int n) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"scim%1$d@givors.example",
                 "name":{"givenName":"Camille","familyName":"Scim%1$d"},"title":"Agent technique"}""".formatted(n);
    }

    private static void create(TestTerritory territory, TerritoryPeople town, String token, int n) throws Exception {
        var answer = town.send(HttpRequest.newBuilder(territory.url("/scim/v2/" + SIREN + "/Users"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/scim+json")
                .POST(HttpRequest.BodyPublishers.ofString(user(n))));
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
    }
}
