package org.entente.provisioning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A catalogue with two services kept by {@link TestEngine}, given to everyone; signing in has no engine here. */
@TestConfiguration(proxyBeanMethods = false)
class TestServices {

    @Bean
    TestEngine testEngine() {
        return new TestEngine();
    }

    @Bean
    DynamicPropertyRegistrar catalogOfTheTest() {
        return registry -> {
            try {
                Path folder = Files.createTempDirectory("entente-test-catalog");
                service(folder, "sign-in", "");
                service(folder, "atelier", "connector: {kind: test}");
                service(folder, "forum", "connector: {kind: test}");
                registry.add("entente.catalog.folder", folder::toString);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static void service(Path folder, String id, String connector) throws IOException {
        Files.writeString(folder.resolve(id + ".yaml"), """
                id: %1$s
                name: {fr: %1$s, en: %1$s}
                summary: {fr: Pour les essais, en: For tests}
                icon: hammer
                category: test
                signIn: {kind: built-in}
                roles: [user]
                suits: [agent, elu, partner, trainee]
                everyone: true
                %2$s
                """.formatted(id, connector));
    }
}
