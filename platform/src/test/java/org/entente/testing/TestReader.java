package org.entente.testing;

import java.nio.file.Path;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** The real program that reads documents; rounds begin only when a test says so. */
@TestConfiguration(proxyBeanMethods = false)
public class TestReader {

    @Bean
    DynamicPropertyRegistrar reader() {
        return registry -> {
            registry.add("entente.reading.class-path", TestReader::classPath);
            registry.add("entente.reading.first", () -> "1d");
            registry.add("entente.files.texts.first", () -> "1d");
            registry.add("entente.reading.time", () -> "20s");
        };
    }

    /** Of the program as it was built. */
    public static String classPath() {
        Path built = Scratch.home().resolve("engines/reader/target").toAbsolutePath();
        return built.resolve("classes") + ":" + built.resolve("lib") + "/*";
    }
}
