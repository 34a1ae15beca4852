package org.entente.provisioning.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** Services with a tree, and what reads them. */
@TestConfiguration(proxyBeanMethods = false)
class LdapTrees {

    static final String PASSWORD = "a-long-password-of-the-application";
    static final String ROOT = "dc=ged,dc=entente";
    static final String READER = "cn=reader," + ROOT;

    record Ran(int code, String text) {}

    static Ran run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Duration.ofSeconds(30))).isTrue();
        return new Ran(process.exitValue(), text);
    }

    @Bean
    DynamicPropertyRegistrar twoServices() throws IOException {
        Path folder = Files.createTempDirectory("entente-test-catalog");
        Path secrets = Files.createTempDirectory("entente-test-secrets");
        Files.writeString(secrets.resolve("GED"), PASSWORD);
        Files.writeString(secrets.resolve("AGENDA"), PASSWORD + "-too");
        Files.writeString(secrets.resolve("SHORT"), "short");
        service(folder, "ged", "connector: {kind: ldap, settings: {password: \"${secret:GED}\"}}");
        service(folder, "agenda", "connector: {kind: ldap, settings: {password: \"${secret:AGENDA}\"}}");
        service(folder, "weak", "connector: {kind: ldap, settings: {password: \"${secret:SHORT}\"}}");
        service(folder, "other", "connector: {kind: test-none, settings: {password: \"${secret:GED}\"}}");
        return registry -> {
            registry.add("entente.catalog.folder", folder::toString);
            registry.add("entente.secrets.folder", secrets::toString);
        };
    }

    private static void service(Path folder, String id, String connector) throws IOException {
        Files.writeString(folder.resolve(id + ".yaml"), """
                id: %1$s
                name: {fr: %1$s, en: %1$s}
                summary: {fr: Pour les essais, en: For tests}
                icon: hammer
                category: work
                signIn: {kind: link, url: "https://%1$s.example.fr/"}
                roles: [user]
                suits: [agent, elu, partner, trainee]
                everyone: true
                %2$s
                """.formatted(id, connector));
    }
}
