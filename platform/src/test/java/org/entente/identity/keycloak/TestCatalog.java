package org.entente.identity.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.test.context.DynamicPropertyRegistry;

/** Applications that the catalogue of these tests describes, in files as an operator writes them. */
final class TestCatalog {

    static final String SECRET = "proconnect-app-secret-proconnect-app";

    private TestCatalog() {}

    static void register(DynamicPropertyRegistry registry) {
        try {
            Path services = Files.createTempDirectory("entente-services");
            Path secrets = Files.createTempDirectory("entente-secrets");
            Files.writeString(secrets.resolve("APP"), SECRET);
            Files.writeString(
                    services.resolve("federation.yaml"),
                    proConnect("federation", "ES256").replace("proconnect: true", "proconnect: federation"));
            Files.writeString(services.resolve("parapheur.yaml"), proConnect("parapheur", "RS256"));
            Files.writeString(services.resolve("visio.yaml"), proConnect("visio", "ES256"));
            Files.writeString(services.resolve("courrier.yaml"), saml("courrier", ""));
            Files.writeString(
                    services.resolve("paie.yaml"),
                    saml("paie", "  nameId: email\n  certificate: " + TestSamlApp.certificate("paie") + "\n"));
            registry.add("entente.catalog.folder", services::toString);
            registry.add("entente.secrets.folder", secrets::toString);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String redirect(String app) {
        return "https://" + app + ".test/cb";
    }

    private static String proConnect(String id, String algorithm) {
        return description(id, """
                  kind: oidc
                  clientId: %1$s
                  secret: "${secret:APP}"
                  redirectUris: ["%2$s"]
                  postLogoutRedirectUris: ["https://%1$s.test/bye"]
                  initiateUrl: "https://%1$s.test/"
                  proconnect: true
                  algorithm: %3$s
                """.formatted(id, redirect(id), algorithm));
    }

    static TestSamlApp saml(String app) {
        return new TestSamlApp("https://" + app + ".test/saml", "https://" + app + ".test/acs");
    }

    private static String saml(String id, String more) {
        return description(id, """
                  kind: saml
                  entityId: %s
                  assertionConsumerService: ["%s"]
                  singleLogoutService: "https://%s.test/slo"
                  initiateUrl: "https://%s.test/"
                """.formatted(saml(id).entityId(), saml(id).consumer(), id, id) + more);
    }

    static String description(String id, String signIn) {
        return """
                id: %1$s
                name: {fr: "App %1$s", en: "App %1$s"}
                summary: {fr: "App %1$s", en: "App %1$s"}
                icon: pen
                category: together
                roles: [user]
                suits: [agent, elu]
                signIn:
                """.formatted(id) + signIn;
    }
}
