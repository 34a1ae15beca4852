package org.entente.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures one territory of each size and prints the figures side by side. */
public final class Bench {

    /** An address and a password on one line, as the demo prints the accounts to try. */
    private static final Pattern ACCOUNT =
            Pattern.compile("(\\S+@\\S+)\\s+([a-z0-9]{4}(?:-[a-z0-9]{4}){3})", Pattern.CASE_INSENSITIVE);

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private Bench() {}

    public static void main(String[] args) throws Exception {
        List<Integer> sizes = args.length == 0
                ? List.of(3_000, 30_000)
                : java.util.Arrays.stream(args).map(Integer::valueOf).toList();
        List<Map<String, Double>> results = new ArrayList<>();
        for (int persons : sizes) {
            System.out.println("Measuring " + persons + " persons…");
            results.add(measure(persons));
        }
        print(sizes, results);
    }

    private static Map<String, Double> measure(int persons) throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (Territory territory = new Territory()) {
            long from = System.nanoTime();
            territory.run("up");
            figures.put("first start, s", since(from));

            from = System.nanoTime();
            String said = territory.run("demo", "--persons", Integer.toString(persons));
            figures.put("load, s", since(from));
            long[] accounts = awaitAccounts(territory);
            double all = since(from);
            figures.put("accounts active", (double) accounts[0]);
            figures.put("accounts wanted", (double) accounts[1]);
            figures.put("joiners, persons/s", persons / all);

            territory.run("down");
            from = System.nanoTime();
            territory.run("up");
            figures.put("second start, s", since(from));
            Browser browser = signIn(territory, said);
            if (browser == null) {
                System.out.println("Nobody could sign in; the demo said:\n" + said);
            } else {
                figures.put("start to first sign-in, s", since(from));
                URI homePage = URI.create(territory.url() + "/api/me/home");
                Load.of(homePage, browser.cookieHeader(homePage), 8, Duration.ofSeconds(5));
                Load load = Load.of(homePage, browser.cookieHeader(homePage), 8, Duration.ofSeconds(15));
                figures.put("home, requests/s", load.perSecond());
                figures.put("home, median ms", load.medianMillis());
                figures.put("home, p95 ms", load.p95Millis());
                figures.put("home, failures", (double) load.failures());
            }
            double total = 0;
            for (Map.Entry<String, Long> engine : territory.memory().entrySet()) {
                figures.put("memory " + engine.getKey() + ", MB", (double) engine.getValue());
                total += engine.getValue();
            }
            figures.put("memory in all, MB", total);
        }
        return figures;
    }

    /** Until every account is active, or none has become so for a minute. */
    private static long[] awaitAccounts(Territory territory) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long[] now = territory.accounts();
        long[] best = now;
        long progress = System.nanoTime();
        while (now[0] < now[1] && System.nanoTime() < end && since(progress) < 60) {
            Thread.sleep(250);
            now = territory.accounts();
            if (now[0] > best[0]) {
                best = now;
                progress = System.nanoTime();
            }
        }
        return now;
    }

    private static @org.jspecify.annotations.Nullable Browser signIn(Territory territory, String said)
            throws Exception {
        Matcher account = ACCOUNT.matcher(said);
        while (account.find()) {
            Browser browser = new Browser();
            if (browser.signIn(territory.url(), account.group(1), account.group(2))) {
                return browser;
            }
        }
        return null;
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static void print(List<Integer> sizes, List<Map<String, Double>> results) {
        StringBuilder head = new StringBuilder(String.format("%-28s", ""));
        sizes.forEach(size -> head.append(String.format(Locale.ROOT, "%,12d", size)));
        System.out.println(head + (sizes.size() > 1 ? "      growth" : ""));
        results.stream().flatMap(one -> one.keySet().stream()).distinct().forEach(name -> {
            StringBuilder row = new StringBuilder(String.format("%-28s", name));
            results.forEach(
                    one -> row.append(String.format(Locale.ROOT, "%12.1f", one.getOrDefault(name, Double.NaN))));
            if (results.size() > 1) {
                double first = results.getFirst().getOrDefault(name, Double.NaN);
                double last = results.getLast().getOrDefault(name, Double.NaN);
                row.append(String.format(Locale.ROOT, "%11.2f×", last / first));
            }
            System.out.println(row);
        });
    }
}
