package org.entente.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.entente.base.Fetch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks at an OpenID Connect provider of a member as a sign-in would use it (OpenID Connect Discovery 1.0; RFC 6749, 7636), and says
 * what is right and what is wrong.
 */
@Component
public class OidcCheck {

    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    /** What Keycloak checks signatures of. */
    private static final List<JWSAlgorithm> SIGNATURES = List.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.EdDSA);

    private final Fetch fetch;

    OidcCheck(Fetch fetch) {
        this.fetch = fetch;
    }

    /** @param oidc what to sign in with; null as long as something stands in the way */
    public record Seen(List<Finding> findings, IdentitySource.@Nullable Oidc oidc) {}

    /** Reads the discovery document, nothing more: what has to be known before a source can be kept. */
    public Seen discover(String asked, String clientId) {
        List<Finding> findings = new ArrayList<>();
        try {
            OIDCProviderMetadata provider = metadata(asked);
            findings.add(Finding.right("discovered", provider.getIssuer().getValue()));
            return new Seen(findings, described(provider, clientId, findings));
        } catch (Fetch.Unanswered e) {
            findings.add(Finding.of(e));
            return new Seen(findings, null);
        }
    }

    /** All that can be tried without a person: keys, the client and its secret, where people are sent back to. */
    public Seen check(String asked, String clientId, @Nullable String secret, String redirectUri) {
        Seen seen = discover(asked, clientId);
        IdentitySource.Oidc oidc = seen.oidc();
        if (oidc == null) {
            return seen;
        }
        List<Finding> findings = new ArrayList<>(seen.findings());
        findings.add(keys(oidc));
        if (secret == null || secret.isEmpty()) {
            findings.add(Finding.wrong("no-secret"));
        } else {
            findings.add(client(oidc, secret, redirectUri));
        }
        findings.add(sentBack(oidc, redirectUri));
        return new Seen(findings, oidc);
    }

    private OIDCProviderMetadata metadata(String asked) throws Fetch.Unanswered {
        String issuer = issuer(asked);
        String url = bare(issuer) + WELL_KNOWN;
        Fetch.Answer answer = fetch.get(url);
        if (answer.status() != 200) {
            throw new Fetch.Unanswered("discovery-status", url, answer.status());
        }
        OIDCProviderMetadata provider;
        try {
            provider = OIDCProviderMetadata.parse(answer.body());
        } catch (ParseException e) {
            throw new Fetch.Unanswered("discovery-unreadable", url, String.valueOf(e.getMessage()));
        }
        if (!bare(provider.getIssuer().getValue()).equals(bare(issuer))) {
            // Discovery 1.0, 4.3. A last slash is often forgotten, and leads to the same document: its word counts.
            throw new Fetch.Unanswered("issuer", issuer, provider.getIssuer().getValue());
        }
        return provider;
    }

    /** People paste the address of the document as often as that of the issuer. */
    private static String issuer(String asked) {
        String url = asked.strip();
        return url.endsWith(WELL_KNOWN) ? url.substring(0, url.length() - WELL_KNOWN.length()) : url;
    }

    /** An address without its last slashes. */
    public static String bare(String url) {
        return url.replaceAll("/+$", "");
    }

    private IdentitySource.@Nullable Oidc described(
            OIDCProviderMetadata provider, String clientId, List<Finding> findings) throws Fetch.Unanswered {
        URI authorization = provider.getAuthorizationEndpointURI();
        URI token = provider.getTokenEndpointURI();
        URI jwks = provider.getJWKSetURI();
        if (authorization == null || token == null || jwks == null) {
            findings.add(Finding.wrong("no-endpoint"));
            return null;
        }
        // Keycloak will call them: none may lead into the operator's own network.
        fetch.allowed(authorization.toString());
        fetch.allowed(token.toString());
        fetch.allowed(jwks.toString());
        URI userInfo = provider.getUserInfoEndpointURI();
        if (userInfo != null) {
            fetch.allowed(userInfo.toString());
        }
        List<JWSAlgorithm> signatures = provider.getIDTokenJWSAlgs();
        if (signatures != null && signatures.stream().noneMatch(SIGNATURES::contains)) {
            findings.add(Finding.wrong("signatures", signatures));
            return null;
        }
        List<CodeChallengeMethod> challenges = provider.getCodeChallengeMethods();
        if (challenges == null || !challenges.contains(CodeChallengeMethod.S256)) {
            findings.add(Finding.doubtful("no-pkce"));
        }
        List<String> claims = provider.getClaims();
        if (claims != null && !claims.contains("email")) {
            findings.add(Finding.doubtful("no-email-claim"));
        } else if (claims != null && !claims.contains("email_verified")) {
            findings.add(Finding.doubtful("no-email-verified-claim"));
        }
        return new IdentitySource.Oidc(
                provider.getIssuer().getValue(),
                authorization.toString(),
                token.toString(),
                userInfo == null ? null : userInfo.toString(),
                jwks.toString(),
                authentication(provider.getTokenEndpointAuthMethods()),
                clientId,
                endSession(provider));
    }

    /** Where people sign out; browsers are led there, and it is looked at before: one that may not be reached is as none. */
    private @Nullable String endSession(OIDCProviderMetadata provider) {
        URI endSession = provider.getEndSessionEndpointURI();
        if (endSession == null) {
            return null;
        }
        try {
            fetch.allowed(endSession.toString());
            return endSession.toString();
        } catch (Fetch.Unanswered e) {
            return null;
        }
    }

    private static String authentication(@Nullable List<ClientAuthenticationMethod> methods) {
        // Discovery 1.0, 3: where nothing is said, it is client_secret_basic.
        boolean onlyPost = methods != null
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return onlyPost ? "client_secret_post" : "client_secret_basic";
    }

    private Finding keys(IdentitySource.Oidc oidc) {
        try {
            Fetch.Answer answer = fetch.get(oidc.jwksUrl());
            if (answer.status() != 200) {
                return Finding.wrong("keys-status", oidc.jwksUrl(), answer.status());
            }
            long usable = JWKSet.parse(answer.body()).getKeys().stream()
                    .filter(key -> key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                    .count();
            return usable == 0 ? Finding.wrong("no-keys", oidc.jwksUrl()) : Finding.right("keys", usable);
        } catch (Fetch.Unanswered e) {
            return Finding.of(e);
        } catch (java.text.ParseException e) {
            return Finding.wrong("keys-unreadable", oidc.jwksUrl());
        }
    }

    /** A code that cannot be right: who refuses it as such has taken our name and secret. */
    private Finding client(IdentitySource.Oidc oidc, String secret, String redirectUri) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", "entente-check");
        form.put("redirect_uri", redirectUri);
        form.put("code_verifier", "entente-check-entente-check-entente-check-entente");
        String authorization = null;
        if (oidc.clientAuthentication().equals("client_secret_post")) {
            form.put("client_id", oidc.clientId());
            form.put("client_secret", secret);
        } else {
            // RFC 6749, 2.3.1: both are form-encoded first.
            String pair = encoded(oidc.clientId()) + ":" + encoded(secret);
            authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        }
        try {
            Fetch.Answer answer = fetch.post(oidc.tokenUrl(), form(form), authorization);
            if (answer.status() == 401
                    || answer.body().contains("invalid_client")
                    || answer.body().contains("unauthorized_client")) {
                return Finding.wrong("client-refused", oidc.clientId());
            }
            return answer.body().contains("invalid_grant") || answer.body().contains("invalid_request")
                    ? Finding.right("client", oidc.clientId())
                    : Finding.doubtful("client-unclear", answer.status());
        } catch (Fetch.Unanswered e) {
            return Finding.of(e);
        }
    }

    /** Asks for a sign-in without showing a page ({@code prompt=none}): a provider that knows our address answers there. */
    private Finding sentBack(IdentitySource.Oidc oidc, String redirectUri) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", oidc.clientId());
        query.put("redirect_uri", redirectUri);
        query.put("scope", "openid");
        query.put("prompt", "none");
        query.put("state", "entente-check-entente-check-entente");
        query.put("nonce", "entente-check-entente-check-entente");
        query.put("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        query.put("code_challenge_method", "S256");
        try {
            String url = oidc.authorizationUrl();
            Fetch.Answer answer = fetch.get(url + (url.contains("?") ? "&" : "?") + form(query));
            String location = answer.location();
            if (location != null && location.startsWith(redirectUri)) {
                return location.contains("error=login_required")
                                || location.contains("error=interaction_required")
                                || location.contains("code=")
                        ? Finding.right("sent-back")
                        : Finding.doubtful("sent-back-error", error(location));
            }
            // 401 is what some answer a sign-in page with.
            return answer.status() >= 400 && answer.status() != 401
                    ? Finding.wrong("not-sent-back", redirectUri)
                    : Finding.doubtful("sent-back-unclear", redirectUri);
        } catch (Fetch.Unanswered e) {
            return Finding.of(e);
        }
    }

    private static String error(String location) {
        return location.replaceAll(".*[?&#]error=([A-Za-z_]*).*", "$1");
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
