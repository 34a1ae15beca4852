package org.entente.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many requests at once, for a while. */
record Load(double perSecond, double medianMillis, double p95Millis, long failures) {

    static Load of(URI address, String cookies, int clients, Duration time) throws Exception {
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Integer> failures = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + time.toNanos();
        try (HttpClient http = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(() -> {
                    HttpRequest request = HttpRequest.newBuilder(address)
                            .header("Cookie", cookies)
                            .timeout(Duration.ofSeconds(30))
                            .build();
                    while (System.nanoTime() < end) {
                        long from = System.nanoTime();
                        int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode();
                        nanos.add(System.nanoTime() - from);
                        if (status != 200) {
                            failures.add(status);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Load(
                sorted.length / (double) time.toSeconds(),
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.95)] / 1e6,
                failures.size());
    }
}
