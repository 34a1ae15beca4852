package org.entente.keycloak.sources;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.saml.SAMLEndpoint;
import org.keycloak.dom.saml.v2.assertion.AuthnContextType;
import org.keycloak.dom.saml.v2.assertion.AuthnStatementType;

/**
 * How somebody proved who they are, as a signed assertion says it: the class of its authentication context (SAML 2.0 Authentication Context, 3.4), in the words of
 * RFC 8176. What is not known here, and what an assertion that need not be signed says, counts for nothing.
 */
final class SamlContext {

    private static final String CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:";

    /** Two factors only where the definition of the class says two. */
    private static final Map<String, Set<String>> METHODS = Map.ofEntries(
            Map.entry("Password", Set.of("pwd")),
            Map.entry("PasswordProtectedTransport", Set.of("pwd")),
            Map.entry("InternetProtocolPassword", Set.of("pwd")),
            Map.entry("Kerberos", Set.of("wia")),
            Map.entry("TimeSyncToken", Set.of("otp")),
            Map.entry("TLSClient", Set.of("pop")),
            Map.entry("X509", Set.of("pop")),
            Map.entry("SoftwarePKI", Set.of("swk")),
            Map.entry("Smartcard", Set.of("sc")),
            Map.entry("SmartcardPKI", Set.of("sc", "pin", "mfa")),
            Map.entry("MobileTwoFactorContract", Set.of("mfa")),
            Map.entry("MobileTwoFactorUnregistered", Set.of("mfa")));

    private SamlContext() {}

    /** The class as it stands in the assertion: a level, in other federations' words. */
    static Optional<String> level(BrokeredIdentityContext asserted) {
        Map<String, String> config = asserted.getIdpConfig().getConfig();
        boolean signed = Boolean.parseBoolean(config.get("wantAssertionsSigned"))
                && Boolean.parseBoolean(config.get("validateSignature"));
        return signed
                        && asserted.getContextData().get(SAMLEndpoint.SAML_AUTHN_STATEMENT)
                                instanceof AuthnStatementType said
                ? Optional.ofNullable(said.getAuthnContext())
                        .map(AuthnContextType::getSequence)
                        .map(AuthnContextType.AuthnContextTypeSequence::getClassRef)
                        .map(ref -> String.valueOf(ref.getValue()))
                : Optional.empty();
    }

    static Set<String> methods(String level) {
        return level.startsWith(CLASSES) ? METHODS.getOrDefault(level.substring(CLASSES.length()), Set.of()) : Set.of();
    }
}
