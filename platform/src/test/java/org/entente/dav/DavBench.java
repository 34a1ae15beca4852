package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same work for the platform and for the servers of {@link DavPeers}, on one machine, one after the other, each warmed up by the same. */
class DavBench extends DavTown {

    private static final int SMALL = Integer.getInteger("entente.bench.files", 10_000);
    private static final long LARGE = Long.getLong("entente.bench.bytes", 1L << 30);
    private static final int LISTINGS = Integer.getInteger("entente.bench.listings", 100);
    private static final int WARM = Integer.getInteger("entente.bench.warm", 3_000);
    private static final int CLIENTS = Integer.getInteger("entente.bench.clients", 8);

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param basic the header Authorization */
    private record Server(String name, String url, String basic) {}

    @Test
    void besideOthers() throws Exception {
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString((DavPeers.NAME + ":" + DavPeers.PASSWORD).getBytes(StandardCharsets.UTF_8));
        Device device = agent("Béatrice");
        DavPeers peers = new DavPeers(folder);
        List<Server> servers = List.of(
                new Server("entente", uri(MINE).toString(), device.basic()),
                new Server("mod_dav", peers.apache(), basic),
                new Server("rclone", peers.rclone(), basic),
                new Server("sabredav", peers.sabre(), basic));
        Map<String, Map<String, Double>> seen = new LinkedHashMap<>();
        try {
            for (Server server : servers) {
                Map<String, Double> its = new LinkedHashMap<>();
                seen.put(server.name(), its);
                warm(server);
                its.put("small PUT/s", small(server, SMALL, "put"));
                its.put("small GET/s", smallBack(server, SMALL, "put"));
                its.put("PROPFIND of 1,000/s", listing(server, LISTINGS));
                large(server, LARGE, its);
            }
        } finally {
            peers.close();
        }
        StringBuilder out = new StringBuilder("\n");
        for (String what : seen.get("entente").keySet()) {
            double ours = seen.get("entente").get(what);
            out.append(String.format(Locale.ROOT, "%-22s", what));
            seen.forEach((name, its) -> out.append(String.format(Locale.ROOT, " %s %.1f", name, its.get(what))));
            out.append(String.format(
                    Locale.ROOT,
                    "  ratio to mod_dav %.2f, to rclone %.2f, to sabredav %.2f%n",
                    ours / seen.get("mod_dav").get(what),
                    ours / seen.get("rclone").get(what),
                    ours / seen.get("sabredav").get(what)));
        }
        System.out.println(out);
        assertThat(seen).hasSize(4);
    }

    /** A server runs for weeks: what it does in its first seconds is not what people have. */
    private void warm(Server server) throws Exception {
        small(server, WARM, "warm");
        smallBack(server, WARM, "warm");
        listing(server, Math.min(LISTINGS, 50));
        large(server, Math.min(LARGE, 256L << 20), new LinkedHashMap<>());
    }

    private double small(Server server, int files, String prefix) throws Exception {
        byte[] bytes = new byte[4_000];
        ThreadLocalRandom.current().nextBytes(bytes);
        ask(server, "MKCOL", "/" + prefix, HttpRequest.BodyPublishers.noBody());
        return inParallel(files, i -> {
            byte[] own = bytes.clone();
            own[i % own.length]++;
            own[0] = (byte) i;
            own[1] = (byte) (i >> 8);
            return ask(server, "PUT", "/" + prefix + "/f" + i, HttpRequest.BodyPublishers.ofByteArray(own));
        });
    }

    private double smallBack(Server server, int files, String prefix) throws Exception {
        return inParallel(files, i -> ask(server, "GET", "/" + prefix + "/f" + i, HttpRequest.BodyPublishers.noBody()));
    }

    private double listing(Server server, int times) throws Exception {
        small(server, 1_000, "list");
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            assertThat(
                            ask(
                                    server,
                                    "PROPFIND",
                                    "/list/",
                                    HttpRequest.BodyPublishers.ofString(
                                            "<propfind xmlns=\"DAV:\"><prop><getetag/><getcontentlength/><getlastmodified/><resourcetype/></prop></propfind>")))
                    .isEqualTo(207);
        }
        return times / seconds(start);
    }

    private void large(Server server, long bytes, Map<String, Double> its) throws Exception {
        long start = System.nanoTime();
        assertThat(ask(
                        server,
                        "PUT",
                        "/large",
                        HttpRequest.BodyPublishers.fromPublisher(
                                HttpRequest.BodyPublishers.ofInputStream(() -> new Noise(bytes)), bytes)))
                .isBetween(200, 299);
        its.put("large PUT MB/s", bytes / 1e6 / seconds(start));
        start = System.nanoTime();
        assertThat(ask(server, "GET", "/large", HttpRequest.BodyPublishers.noBody()))
                .isEqualTo(200);
        its.put("large GET MB/s", bytes / 1e6 / seconds(start));
    }

    private interface One {
        int answer(int number) throws Exception;
    }

    private static double inParallel(int times, One one) throws Exception {
        long start = System.nanoTime();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Integer>> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                all.add(() -> one.answer(number));
            }
            for (Future<Integer> answer : clients.invokeAll(all)) {
                assertThat(answer.get()).isBetween(200, 299);
            }
        }
        return times / seconds(start);
    }

    private int ask(Server server, String method, String path, HttpRequest.BodyPublisher body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Depth", "1")
                .method(method, body);
        request.header("Authorization", server.basic());
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** Bytes that do not get smaller, quickly. */
    private static final class Noise extends InputStream {

        private static final byte[] SOME = new byte[1 << 20];
        private long left;

        static {
            ThreadLocalRandom.current().nextBytes(SOME);
        }

        Noise(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int given = (int) Math.min(Math.min(length, 64 * 1024), left);
            System.arraycopy(SOME, ThreadLocalRandom.current().nextInt(SOME.length - given), into, from, given);
            left -= given;
            return given;
        }
    }
}
