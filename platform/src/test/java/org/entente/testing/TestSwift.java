package org.entente.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.entente.launcher.engine.RunAs;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** OpenStack Swift with its S3 interface, of Debian's packages: a second object store that is not S3Proxy, on one disk and without the bucket. */
@TestConfiguration(proxyBeanMethods = false)
public class TestSwift {

    private static final List<String> SERVERS = List.of("account", "container", "object");

    /** Debian starts these by uWSGI: Swift's own starter needs no more than this. */
    private static final String SERVE = """
            import sys, swift.common.utils
            swift.common.utils.SWIFT_CONF_FILE = sys.argv[3]
            from swift.common.wsgi import run_wsgi
            sys.exit(run_wsgi(sys.argv[2], sys.argv[1] + '-server', verbose=True))
            """;

    /** Whether this machine has the packages that {@code .ci/run} installs. */
    public static boolean installed() {
        return Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/swift"))
                && Files.isExecutable(Path.of("/usr/bin/swift-ring-builder"))
                && Files.isExecutable(Path.of("/usr/bin/memcached"));
    }

    private static final class Running {
        static final int PORT = start();

        private static int start() {
            try {
                return new Running().serve();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private final Path folder = Scratch.folder("swift");

        private int serve() throws IOException, InterruptedException {
            Files.createDirectories(folder.resolve("disks/d1"));
            write("swift.conf", """
                    [swift-hash]
                    swift_hash_path_suffix = tests
                    [storage-policy:0]
                    name = only
                    default = yes
                    """);
            write("serve.py", SERVE);
            RunAs.own(folder);
            for (String server : SERVERS) {
                int port = Scratch.freePort();
                write(server + ".conf", common(port) + """
                        devices = %s/disks
                        mount_check = false
                        [pipeline:main]
                        pipeline = %s-server
                        [app:%s-server]
                        use = egg:swift#%s
                        """.formatted(folder, server, server, server));
                ring(server, "create", "4", "1", "1");
                ring(server, "add", "r1z1-127.0.0.1:" + port + "/d1", "1");
                ring(server, "rebalance");
                start(server, port);
            }
            int cache = Scratch.freePort();
            start(
                    "memcached",
                    cache,
                    "/usr/bin/memcached",
                    "-l",
                    "127.0.0.1",
                    "-p",
                    "" + cache,
                    "-m",
                    "16",
                    "-u",
                    RunAs.user());
            int port = Scratch.freePort();
            write("proxy.conf", common(port) + """
                    [pipeline:main]
                    pipeline = catch_errors cache listing_formats s3api tempauth copy slo dlo proxy-server
                    [app:proxy-server]
                    use = egg:swift#proxy
                    account_autocreate = true
                    [filter:catch_errors]
                    use = egg:swift#catch_errors
                    [filter:cache]
                    use = egg:swift#memcache
                    memcache_servers = 127.0.0.1:%d
                    [filter:listing_formats]
                    use = egg:swift#listing_formats
                    [filter:s3api]
                    use = egg:swift#s3api
                    location = us-east-1
                    [filter:tempauth]
                    use = egg:swift#tempauth
                    user_test_tester = testing .admin
                    [filter:copy]
                    use = egg:swift#copy
                    [filter:slo]
                    use = egg:swift#slo
                    [filter:dlo]
                    use = egg:swift#dlo
                    """.formatted(cache));
            start("proxy", port);
            return port;
        }

        private String common(int port) throws IOException {
            return """
                    [DEFAULT]
                    bind_ip = 127.0.0.1
                    bind_port = %d
                    workers = 0
                    user = %s
                    swift_dir = %s
                    """.formatted(port, RunAs.user(), folder);
        }

        private void write(String name, String text) throws IOException {
            Files.writeString(folder.resolve(name), text);
        }

        private void ring(String server, String... words) throws IOException, InterruptedException {
            List<String> command = new java.util.ArrayList<>(List.of(
                    "/usr/bin/swift-ring-builder",
                    folder.resolve(server + ".builder").toString()));
            command.addAll(List.of(words));
            Process process = run("ring", command);
            if (process.waitFor() > 1) { // 1 is a warning
                throw new IllegalStateException(Files.readString(folder.resolve("ring.log")));
            }
        }

        private void start(String server, int port) throws IOException {
            start(
                    server,
                    port,
                    "/usr/bin/python3",
                    folder.resolve("serve.py").toString(),
                    server,
                    folder.resolve(server + ".conf").toString(),
                    folder.resolve("swift.conf").toString());
        }

        private void start(String name, int port, String... command) throws IOException {
            Process process = run(name, List.of(command));
            Files.writeString(Scratch.folder("pids").resolve(Long.toString(process.pid())), name);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException(
                            name + " does not start: " + Files.readString(folder.resolve(name + ".log")));
                }
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
                    return true;
                } catch (IOException e) {
                    return false;
                }
            });
        }

        private Process run(String name, List<String> command) throws IOException {
            return new ProcessBuilder(RunAs.ordinaryUser(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".log").toFile())
                    .start();
        }
    }

    @Bean
    DynamicPropertyRegistrar swiftObjectStore() {
        return registry -> {
            registry.add("entente.s3.url", () -> "http://127.0.0.1:" + Running.PORT);
            registry.add("entente.s3.key", () -> "test:tester");
            registry.add("entente.s3.secret", () -> "testing");
            registry.add("entente.s3.bucket", () -> "entente");
        };
    }
}
