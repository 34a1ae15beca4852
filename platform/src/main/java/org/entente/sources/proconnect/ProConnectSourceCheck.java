package org.entente.sources.proconnect;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.entente.base.Fetch;
import org.entente.sources.Finding;
import org.entente.sources.OidcCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks at ProConnect as at any OpenID Connect provider, and then at what a service of ProConnect needs of it (partenaires.proconnect.gouv.fr, "Implémentation
 * technique").
 */
@Component
class ProConnectSourceCheck {

    /** What is asked for: enough to know whose an account is, and for whom the person works. */
    static final String SCOPES = "openid given_name usual_name email uid siret idp_id";

    /** ProConnect says neither of these of itself, and needs not: it passes on what identity providers verified. */
    private static final Set<String> OF_OTHERS = Set.of("no-email-claim", "no-email-verified-claim", "no-pkce");

    private static final List<JWSAlgorithm> SIGNATURES = List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    private final OidcCheck oidc;
    private final Fetch fetch;

    ProConnectSourceCheck(OidcCheck oidc, Fetch fetch) {
        this.oidc = oidc;
        this.fetch = fetch;
    }

    /** @param settings what to sign in with; null as long as something stands in the way */
    record Seen(List<Finding> findings, ProConnectSource.@Nullable Settings settings) {}

    Seen discover(String issuer, String clientId) {
        return ofProConnect(oidc.discover(issuer, clientId), clientId);
    }

    Seen check(String issuer, String clientId, @Nullable String secret, String redirectUri) {
        return ofProConnect(oidc.check(issuer, clientId, secret, redirectUri), clientId);
    }

    private Seen ofProConnect(OidcCheck.Seen seen, String clientId) {
        List<Finding> findings = new ArrayList<>(seen.findings().stream()
                .filter(finding -> finding.level() != Finding.Level.DOUBTFUL || !OF_OTHERS.contains(finding.code()))
                .toList());
        if (seen.oidc() == null) {
            return new Seen(findings, null);
        }
        OIDCProviderMetadata provider;
        try {
            // What was read a moment ago keeps no more than other providers need.
            provider = OIDCProviderMetadata.parse(
                    fetch.get(OidcCheck.bare(seen.oidc().issuer()) + WELL_KNOWN).body());
            findings.addAll(scopes(provider));
            findings.add(userInfo(provider));
            findings.add(signOut(provider));
        } catch (Fetch.Unanswered e) {
            findings.add(Finding.of(e));
            return new Seen(findings, null);
        } catch (ParseException e) {
            findings.add(Finding.wrong("discovery-unreadable", seen.oidc().issuer(), String.valueOf(e.getMessage())));
            return new Seen(findings, null);
        }
        boolean inTheWay = findings.stream()
                .anyMatch(finding ->
                        finding.level() == Finding.Level.WRONG && finding.code().startsWith("proconnect-"));
        return new Seen(findings, inTheWay ? null : settings(seen, provider, clientId));
    }

    private static ProConnectSource.@Nullable Settings settings(
            OidcCheck.Seen seen, OIDCProviderMetadata provider, String clientId) {
        var found = seen.oidc();
        String userInfo = found == null ? null : found.userInfoUrl();
        if (found == null || userInfo == null) {
            return null;
        }
        URI end = provider.getEndSessionEndpointURI();
        List<CodeChallengeMethod> challenges = provider.getCodeChallengeMethods();
        return new ProConnectSource.Settings(
                found.issuer(),
                found.authorizationUrl(),
                found.tokenUrl(),
                userInfo,
                found.jwksUrl(),
                end == null ? null : end.toString(),
                found.clientAuthentication(),
                clientId,
                challenges != null && challenges.contains(CodeChallengeMethod.S256));
    }

    private static List<Finding> scopes(OIDCProviderMetadata provider) {
        Scope known = provider.getScopes();
        if (known == null) {
            return List.of();
        }
        return Arrays.stream(SCOPES.split(" ", -1))
                .filter(scope -> !known.contains(scope))
                .map(scope -> Finding.wrong("proconnect-scope", scope))
                .toList();
    }

    private static Finding userInfo(OIDCProviderMetadata provider) {
        List<JWSAlgorithm> signatures = provider.getUserInfoJWSAlgs();
        if (provider.getUserInfoEndpointURI() == null) {
            return Finding.wrong("proconnect-no-userinfo");
        }
        if (signatures == null) {
            return Finding.doubtful("proconnect-userinfo-unsaid");
        }
        return signatures.stream().anyMatch(SIGNATURES::contains)
                ? Finding.right("proconnect-userinfo")
                : Finding.wrong("proconnect-userinfo-unsigned", signatures);
    }

    private Finding signOut(OIDCProviderMetadata provider) throws Fetch.Unanswered {
        URI end = provider.getEndSessionEndpointURI();
        if (end == null) {
            return Finding.doubtful("proconnect-no-sign-out");
        }
        // People's browsers are sent there.
        fetch.allowed(end.toString());
        return Finding.right("proconnect-sign-out");
    }
}
