package org.entente.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.entente.launcher.engine.S3Engine;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A real object store, started once for all tests of a run; its one bucket is shared, so keys carry what makes them unique. */
@TestConfiguration(proxyBeanMethods = false)
public class TestS3 {

    private static final String BUCKET = "entente";

    private static final class Running {
        static final S3Engine S3 = start();

        private static S3Engine start() {
            try {
                return Scratch.untilTheEnd(engine(Scratch.folder("s3"), Scratch.freePort()));
            } catch (Exception e) {
                throw new IllegalStateException("The object store does not start for the tests", e);
            }
        }
    }

    @Bean
    DynamicPropertyRegistrar objectStore() {
        return registry -> settings(registry, Running.S3);
    }

    static S3Engine engine(Path data, int port) throws IOException {
        Path built = Scratch.readable(Scratch.home().resolve("engines/s3/target"), "s3-programs");
        return new S3Engine(
                built.resolve("classes") + ":" + built.resolve("lib") + "/*",
                data.resolve("objects"),
                data.resolve("s3.log"),
                new S3Engine.Settings(port, "test", "test-secret", BUCKET));
    }

    static void settings(DynamicPropertyRegistry registry, S3Engine engine) {
        registry.add("entente.s3.url", engine::url);
        registry.add("entente.s3.key", () -> "test");
        registry.add("entente.s3.secret", () -> "test-secret");
        registry.add("entente.s3.bucket", () -> BUCKET);
    }
}
