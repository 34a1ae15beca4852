package org.entente.catalog;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how one enters a service: each kind has fields of its own, and no other. */
final class SignInReader {

    private static final Set<String> EVERY = Set.of(
            "path",
            "clientId",
            "redirectUris",
            "initiateUrl",
            "secret",
            "postLogoutRedirectUris",
            "backChannelLogoutUri",
            "proconnect",
            "algorithm",
            "frontChannelLogoutUri",
            "files",
            "entityId",
            "assertionConsumerService",
            "singleLogoutService",
            "singleLogoutSoap",
            "nameId",
            "certificate",
            "serviceUrls",
            "user",
            "url",
            "upstream",
            "start",
            "signOut",
            "headers",
            "signed",
            "answer");

    /** Clients that the realm has for itself: a service by one of these names would take its place. */
    private static final Pattern RESERVED = Pattern.compile(
            "entente(-.*)?|cas:.*|account|account-console|admin-cli|broker|realm-management|security-admin-console");

    private SignInReader() {}

    static SignIn read(@Nullable DescriptorNode node) {
        SignIn nothing = new SignIn.BuiltIn(null);
        if (node == null) {
            return nothing;
        }
        String kind = DescriptorNode.text(node.fields(Set.of("kind"), EVERY).get("kind"), 20);
        return switch (kind) {
            case "built-in" -> builtIn(node);
            case "oidc" -> oidc(node);
            case "saml" -> saml(node);
            case "cas" -> CasReader.read(node);
            case "gateway" -> GatewayReader.read(node);
            case "link" ->
                new SignIn.Link(DescriptorReader.url(
                        node.fields(Set.of("kind", "url"), Set.of()).get("url")));
            default -> {
                node.problem("signIn", kind);
                yield nothing;
            }
        };
    }

    private static SignIn builtIn(DescriptorNode node) {
        DescriptorNode at = node.fields(Set.of("kind"), Set.of("path")).get("path");
        String path = at == null ? null : DescriptorNode.text(at, 200);
        if (path != null && !path.startsWith("/")) {
            node.problem("path");
        }
        return new SignIn.BuiltIn(path);
    }

    private static SignIn oidc(DescriptorNode node) {
        Map<String, DescriptorNode> at = node.fields(
                Set.of("kind", "clientId", "redirectUris", "initiateUrl"),
                Set.of(
                        "secret",
                        "postLogoutRedirectUris",
                        "proconnect",
                        "algorithm",
                        "backChannelLogoutUri",
                        "frontChannelLogoutUri",
                        "files"));
        DescriptorNode secret = at.get("secret");
        String reference = secret == null ? null : DescriptorNode.text(secret, 100);
        if (secret != null && !Secrets.isReference(reference)) {
            secret.problem("secret.plain");
        }
        DescriptorNode afterSignOut = at.get("postLogoutRedirectUris");
        return new SignIn.Oidc(
                client(at.get("clientId"), 100),
                DescriptorReader.urls(at.get("redirectUris")),
                DescriptorReader.url(at.get("initiateUrl")),
                reference,
                afterSignOut == null ? List.of() : DescriptorReader.urls(afterSignOut),
                proConnect(at.get("proconnect"), at.get("algorithm"), secret != null),
                logout(at.get("backChannelLogoutUri"), at.get("frontChannelLogoutUri")),
                DescriptorNode.yes(at.get("files")));
    }

    private static SignIn.@Nullable Logout logout(@Nullable DescriptorNode back, @Nullable DescriptorNode front) {
        return back == null && front == null
                ? null
                : new SignIn.Logout(
                        back == null ? null : DescriptorReader.url(back),
                        front == null ? null : DescriptorReader.url(front));
    }

    private static String client(@Nullable DescriptorNode node, int most) {
        String text = DescriptorNode.text(node, most);
        if (node != null && RESERVED.matcher(text).matches()) {
            node.problem("client.reserved", text);
        }
        return text;
    }

    private static SignIn.@Nullable ProConnect proConnect(
            @Nullable DescriptorNode asked, @Nullable DescriptorNode algorithm, boolean hasSecret) {
        boolean federation = asked != null && DescriptorNode.text(asked, 20).equals("federation");
        if (!federation && !DescriptorNode.yes(asked)) {
            if (algorithm != null) {
                algorithm.problem("proconnect.only");
            }
            return null;
        }
        if (asked != null && !hasSecret) {
            // ProConnect knows no public clients: an application made for it has a secret.
            asked.problem("proconnect.secret");
        }
        return new SignIn.ProConnect(
                algorithm == null ? SignIn.Algorithm.RS256 : algorithm(algorithm),
                federation ? SignIn.Party.FEDERATION : SignIn.Party.APPLICATION);
    }

    private static SignIn.Algorithm algorithm(DescriptorNode node) {
        String text = DescriptorNode.text(node, 20);
        for (SignIn.Algorithm one : SignIn.Algorithm.values()) {
            if (one.name().equals(text)) {
                return one;
            }
        }
        node.problem("algorithm", text);
        return SignIn.Algorithm.RS256;
    }

    private static SignIn saml(DescriptorNode node) {
        Map<String, DescriptorNode> at = node.fields(
                Set.of("kind", "entityId", "assertionConsumerService", "initiateUrl"),
                Set.of("singleLogoutService", "singleLogoutSoap", "nameId", "certificate"));
        DescriptorNode soap = at.get("singleLogoutSoap");
        DescriptorNode logout = at.get("singleLogoutService");
        DescriptorNode nameId = at.get("nameId");
        DescriptorNode certificate = at.get("certificate");
        return new SignIn.Saml(
                client(at.get("entityId"), 250),
                DescriptorReader.urls(at.get("assertionConsumerService")),
                logout == null ? null : DescriptorReader.url(logout),
                nameId == null ? SignIn.NameId.PERSISTENT : nameId(nameId),
                certificate == null ? null : certificate(certificate),
                DescriptorReader.url(at.get("initiateUrl")),
                soap == null ? null : DescriptorReader.url(soap));
    }

    private static SignIn.NameId nameId(DescriptorNode node) {
        String text = DescriptorNode.text(node, 20);
        return switch (text) {
            case "persistent" -> SignIn.NameId.PERSISTENT;
            case "email" -> SignIn.NameId.EMAIL;
            default -> {
                node.problem("nameId", text);
                yield SignIn.NameId.PERSISTENT;
            }
        };
    }

    /** PEM, or what stands between its first and last line. */
    private static String certificate(DescriptorNode node) {
        String text = DescriptorNode.text(node, 8_000)
                .replaceAll("-----(BEGIN|END) CERTIFICATE-----", "")
                .replaceAll("\\s", "");
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(text)));
        } catch (CertificateException | IllegalArgumentException e) {
            node.problem("certificate");
        }
        return text;
    }
}
