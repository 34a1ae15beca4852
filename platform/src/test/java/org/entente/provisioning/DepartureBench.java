package org.entente.provisioning;

import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.entente.identity.keycloak.TestApp;
import org.entente.identity.session.TestSession;
import org.entente.provisioning.scim.ScimServer;
import org.entente.testing.TestTerritory;
import org.junit.jupiter.api.Test;

/**
 * How long a departure takes: from the admin's click to the first refusal of each thing it cuts, over a hundred departures one after
 * the other, in a whole territory that grows to the sizes in {@code entente.bench.people}. Not run with the tests: see bench/README.md.
 */
class DepartureBench {

    private static final int DEPARTURES = 100;
    private static final int WARMING = 20;
    private static final Duration GOAL = Duration.ofSeconds(2);
    /** Six things are asked at once: without a pause the asking would be most of the load. */
    private static final Duration BETWEEN_ASKS = Duration.ofMillis(25);

    private final String sizes = System.getProperty("entente.bench.people", "3000,30000");
    private final Map<String, List<Long>> figures = new LinkedHashMap<>();

    @Test
    void howLongACutTakes() throws Exception {
        try (ScimServer chat = new ScimServer(true)) {
            TestTerritory territory =
                    new TestTerritory("departure-bench", List.of(), List.of("entente.s3.url=http://127.0.0.1:9"));
            // The crowd are agents, who leave are élus: only these have the SCIM app, whose test server is not made for
            // crowds.
            TerritoryPeople.offers(territory, chat, "elu");
            territory.start();
            await().atMost(TerritoryPeople.PATIENCE)
                    .until(() -> territory
                            .jdbc()
                            .sql("SELECT EXISTS (SELECT FROM catalog.service WHERE id = 'chat')")
                            .query(Boolean.class)
                            .single());
            TerritoryPeople people = new TerritoryPeople(territory);
            TestSession admin = people.session(people.arrive(1, "agent").getFirst(), "member_admin");
            int there = 0;
            for (String size : sizes.split(",")) {
                int more = Integer.parseInt(size.strip()) - there;
                there += more;
                long start = System.nanoTime();
                people.arrive(more, "agent");
                print("%d more people with their accounts: %.0f s", more, (System.nanoTime() - start) / 1e9);
                measure(there, people, admin, chat, territory);
            }
            territory.stop();
        }
    }

    private void measure(int size, TerritoryPeople people, TestSession admin, ScimServer chat, TestTerritory territory)
            throws Exception {
        List<TerritoryPeople.Leaver> leavers = people.arrive(WARMING + DEPARTURES, "elu").stream()
                .map(people::leaver)
                .toList();
        // Their devices are known here, as real ones are: a refusal a second from one place would shut out unknown
        // ones.
        leavers.forEach(people::device);
        TestApp app = TestApp.register(territory.keycloakUrl(), "bench-app", "chat", "");
        territory.jdbc().sql("ANALYZE").update();
        for (TerritoryPeople.Leaver leaver : leavers.subList(0, WARMING)) {
            leave(leaver, people, admin, app, chat, territory);
        }
        figures.clear();
        print("load average before %.2f", load());
        for (TerritoryPeople.Leaver leaver : leavers.subList(WARMING, leavers.size())) {
            leave(leaver, people, admin, app, chat, territory);
        }
        print("load average after %.2f", load());
        figures.forEach((what, times) -> print(size, what, times));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private void leave(
            TerritoryPeople.Leaver leaver,
            TerritoryPeople people,
            TestSession admin,
            TestApp app,
            ScimServer chat,
            TestTerritory territory)
            throws Exception {
        TestApp.Answer tokens = people.tokens(app, leaver);
        String account = territory
                .jdbc()
                .sql("SELECT external_id FROM provisioning.account WHERE service = 'chat' AND affiliation = ?")
                .param(leaver.post())
                .query(String.class)
                .single();
        Map<String, BooleanSupplier> still = new LinkedHashMap<>();
        still.put("portal request refused", () -> people.portal(leaver, "/api/me/home") == 200);
        still.put("app password refused", () -> people.device(leaver) == 200);
        still.put(
                "SCIM account cut", () -> chat.users.get(account).path("active").asBoolean());
        still.put("introspection refused", () -> app.active(tokens));
        still.put("userinfo refused", () -> app.userinfo(tokens) == 200);
        still.put("refresh refused", () -> app.refresh(tokens).status() == 200);
        still.forEach((what, works) -> {
            if (!works.getAsBoolean()) {
                throw new AssertionError("Nothing to cut: " + what);
            }
        });
        Map<String, Future<Long>> refused = new LinkedHashMap<>();
        CountDownLatch ready = new CountDownLatch(still.size());
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            still.forEach((what, works) -> refused.put(what, askers.submit(() -> {
                ready.countDown();
                while (works.getAsBoolean()) {
                    LockSupport.parkNanos(BETWEEN_ASKS.toNanos());
                }
                return System.nanoTime();
            })));
            ready.await();
            long click = System.nanoTime();
            int status = people.click(leaver, admin);
            if (status != 200) {
                throw new AssertionError("The click was answered " + status);
            }
            note("click answered", System.nanoTime() - click);
            long last = 0;
            for (Map.Entry<String, Future<Long>> one : refused.entrySet()) {
                long took = one.getValue().get() - click;
                note(one.getKey(), took);
                last = Math.max(last, took);
            }
            note("last of all", last);
            if (last > GOAL.toNanos()) {
                print("over the goal, clicked %.1f s before %s", last / 1e9, Instant.now());
            }
        }
    }

    private void note(String what, long nanos) {
        figures.computeIfAbsent(what, w -> new ArrayList<>()).add(nanos);
    }

    private static void print(int size, String what, List<Long> times) {
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        print(
                "%6d people  %-24s p50 %5.0f ms  p99 %5.0f ms  worst %5.0f ms",
                size,
                what,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6,
                Arrays.stream(sorted).max().orElseThrow() / 1e6);
    }

    private static void print(String format, Object... args) {
        System.out.println(String.format(Locale.ROOT, format, args));
    }
}
