package org.entente.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.entente.base.PlatformSecret;
import org.entente.base.Sealed;
import org.entente.directory.MemberId;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/** This room, and what it stands on, in a Java of its own: with little memory, or to be killed. */
final class StorageAlone {

    private static final int CLIENTS = 4;

    private StorageAlone() {}

    static Process start(Environment settings, String heap, String what) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap, "-XX:+UseSerialGC"));
        for (String name : List.of(
                "spring.datasource.url",
                "spring.datasource.username",
                "spring.datasource.password",
                "entente.s3.url",
                "entente.s3.key",
                "entente.s3.secret",
                "entente.s3.bucket",
                "entente.data")) {
            command.add("-D" + name + "=" + settings.getRequiredProperty(name));
        }
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-Dspring.main.banner-mode=off", "-cp", path, StorageAlone.class.getName(), what));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    public static void main(String[] args) throws IOException {
        try (var context = new SpringApplicationBuilder(Rooms.class)
                .web(WebApplicationType.NONE)
                .run()) {
            if (args[0].equals("uploads")) {
                uploads(context);
            } else {
                through(context.getBean(Contents.class), Long.parseLong(args[0]));
            }
        }
    }

    private static void through(Contents contents, long size) throws IOException {
        Kept kept = contents.keep(new MemberId(UUID.randomUUID()), Bytes.stream(1, size), size);
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(contents.open(kept.id()), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (kept.sha256().equals(Sha256.of(digest.digest()))) {
            System.out.println("The same " + kept.size() + " bytes came back");
        }
    }

    /** Without end; says what is acknowledged. */
    private static void uploads(ConfigurableApplicationContext context) {
        Contents contents = context.getBean(Contents.class);
        TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
        MemberId member = new MemberId(UUID.randomUUID());
        AtomicLong seeds = new AtomicLong(System.nanoTime());
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int client = 0; client < CLIENTS; client++) {
                threads.execute(() -> {
                    while (true) {
                        long seed = seeds.incrementAndGet();
                        long size = seed % 2 == 0 ? 3000 : seed % 5 == 0 ? Storage.CHUNK + 1000 : 100_000;
                        try {
                            Kept kept = contents.keep(member, Bytes.stream(seed, size), size);
                            transaction.executeWithoutResult(status -> contents.refer(kept.id()));
                            System.out.println("kept " + kept.id() + " " + kept.sha256());
                        } catch (IOException | RuntimeException refused) {
                            System.out.println("refused " + refused.getClass().getName());
                        }
                    }
                });
            }
        }
    }

    /** Given to the application by name: a stereotype would be found by every other test's scan. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    @Import({PlatformSecret.class, Sealed.class})
    @ComponentScan(
            basePackageClasses = Contents.class,
            excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Test.*"))
    static class Rooms {}
}
