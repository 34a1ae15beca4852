package org.entente.identity.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.entente.testing.LemonApplication;
import org.entente.testing.Scratch;
import org.springframework.test.context.DynamicPropertyRegistry;

/** Applications that the catalogue of these tests describes, in files as an operator writes them. */
public final class TestCatalog {

    static final String SECRET = "proconnect-app-secret-proconnect-app";

    private TestCatalog() {}

    static void register(DynamicPropertyRegistry registry) {
        try {
            Path services = Files.createTempDirectory("entente-services");
            Path secrets = Files.createTempDirectory("entente-secrets");
            Files.writeString(secrets.resolve("APP"), SECRET);
            Files.writeString(secrets.resolve("TOLD"), TestApp.SECRET);
            Files.writeString(
                    services.resolve("federation.yaml"),
                    proConnect("federation", "ES256").replace("proconnect: true", "proconnect: federation"));
            Files.writeString(services.resolve("parapheur.yaml"), proConnect("parapheur", "RS256"));
            Files.writeString(services.resolve("visio.yaml"), proConnect("visio", "ES256"));
            Files.writeString(services.resolve("courrier.yaml"), saml("courrier", ""));
            Files.writeString(
                    services.resolve("paie.yaml"),
                    saml("paie", "  nameId: email\n  certificate: " + TestSamlApp.certificate("paie") + "\n"));
            Files.writeString(services.resolve("coffre.yaml"), saml("coffre", "") + "secondFactor: true\n");
            Files.writeString(services.resolve("agenda.yaml"), cas("agenda", "persistent"));
            Files.writeString(services.resolve("mediatheque.yaml"), cas("mediatheque", "email"));
            Files.writeString(services.resolve("guichet.yaml"), cas("guichet", "uid"));
            Files.writeString(services.resolve("bureau.yaml"), withFiles("bureau"));
            ToldApps.descriptions().forEach((id, description) -> write(services.resolve(id + ".yaml"), description));
            for (String kind : List.of("cas", "oidc", "saml")) {
                Files.writeString(services.resolve("lemon-" + kind + ".yaml"), lemon(kind));
            }
            Files.writeString(secrets.resolve("LEMON"), LemonApplication.SECRET);
            registry.add("entente.catalog.folder", services::toString);
            registry.add("entente.secrets.folder", secrets::toString);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
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

    public static TestSamlApp saml(String app) {
        return new TestSamlApp("https://" + app + ".test/saml", "https://" + app + ".test/acs");
    }

    /** An application that may ask for people's files. */
    private static String withFiles(String id) {
        return description(id, """
                  kind: oidc
                  clientId: %s
                  secret: "${secret:TOLD}"
                  redirectUris: ["%s"]
                  initiateUrl: "https://%s.test/"
                  files: true
                """.formatted(id, TestApp.REDIRECT, id));
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

    private static String cas(String id, String user) {
        TestCasApp app = new TestCasApp(id);
        return description(id, """
                  kind: cas
                  serviceUrls: ["%s", "https://%s.test/app/*", "%s*"]
                  user: %s
                  initiateUrl: "https://%s.test/"
                """.formatted(app.there(), id, app.here(), user, id));
    }

    /** A LemonLDAP::NG of an authority, which signs its people in here. */
    static String lemon() {
        return "http://localhost:" + Lemon.PORT + "/";
    }

    private static String lemon(String kind) {
        String how = switch (kind) {
            case "cas" -> "  serviceUrls: [\"%1$s*\"]\n";
            case "oidc" -> """
                          clientId: %2$s
                          secret: "${secret:LEMON}"
                          redirectUris: ["%1$s?openidconnectcallback=1"]
                          postLogoutRedirectUris: ["%1$s?logout=1"]
                        """;
            default -> """
                          entityId: "%1$ssaml/metadata"
                          assertionConsumerService: ["%1$ssaml/proxySingleSignOnPost"]
                          singleLogoutService: "%1$ssaml/proxySingleLogout"
                          singleLogoutSoap: "%1$ssaml/proxySingleLogoutSOAP"
                        """;
        };
        String signIn = "  kind: " + kind + "\n  initiateUrl: \"%1$s\"\n" + how;
        return description("lemon-" + kind, signIn.formatted(lemon(), LemonApplication.CLIENT));
    }

    /** Known before it runs, since it is part of what the catalogue says. */
    private static final class Lemon {
        static final int PORT = port();

        private static int port() {
            try {
                return Scratch.freePort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static int lemonPort() {
        return Lemon.PORT;
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
