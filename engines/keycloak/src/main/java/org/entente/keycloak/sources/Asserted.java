package org.entente.keycloak.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.provider.AbstractIdentityProviderMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.saml.SAMLIdentityProviderFactory;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Reads at each sign-in what a source asserts beyond a name: whether it has verified the address, and how the person proved who
 * they are ({@code amr} of RFC 8176, {@code acr}).
 */
public final class Asserted extends AbstractIdentityProviderMapper {

    static final String ID = "entente-asserted";

    /** What was asserted travels with the identity: notes of the sign-in are cleared between one flow and the next. */
    private static final String VERIFIED = "entente.verified";

    private static final String USED = "entente.used";

    private static final String SIRET = "entente.siret";

    /** User session note: the methods the source says were used, by spaces; empty when it says none. */
    public static final String METHODS = "entente.source.amr";

    private static final String MULTIPLE = "mfa";

    /** Methods of RFC 8176 that an application may be told of; anything else a source writes is dropped. */
    private static final Set<String> KNOWN = Set.of(
            "pwd", "otp", MULTIPLE, "pop", "hwk", "swk", "sms", "pin", "fpt", "face", "iris", "vbm", "sc", "wia", "kba",
            "tel", "user");

    /** Levels that say: more than one factor. ProConnect, REFEDS MFA, Microsoft, and eIDAS from substantial on (regulation 2015/1502, 2.2.1). */
    private static final Set<String> MULTIPLE_LEVELS = Set.of(
            "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
            "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
            "eidas2",
            "eidas3",
            "http://eidas.europa.eu/LoA/substantial",
            "http://eidas.europa.eu/LoA/high",
            "https://refeds.org/profile/mfa",
            "http://schemas.microsoft.com/claims/multipleauthn");

    /** Whether the source, at this sign-in, vouched for the address it gave. */
    public static boolean vouched(BrokeredIdentityContext asserted) {
        return "true".equals(asserted.getContextData().get(VERIFIED));
    }

    /** The SIRET of the organisation for which ProConnect says that the person works; as it was said, unchecked. */
    static @Nullable String siret(BrokeredIdentityContext asserted) {
        return asserted.getContextData().get(SIRET) instanceof String siret ? siret : null;
    }

    /**
     * Has the session remember by what methods the person came through the source.
     *
     * @param believed only where nobody but the source's own member relies on them
     */
    public static void keepMethods(
            BrokeredIdentityContext asserted, boolean believed, AuthenticationSessionModel signIn) {
        signIn.setUserSessionNote(
                METHODS, believed ? String.valueOf(asserted.getContextData().getOrDefault(USED, "")) : "");
    }

    /** Whether the source says, and is trusted to say, that more than one factor was used. */
    public static boolean severalFactors(AuthenticationSessionModel signIn) {
        String methods = signIn.getUserSessionNotes().get(METHODS);
        return methods != null && List.of(methods.split(" ", -1)).contains(MULTIPLE);
    }

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        beginAnew(context.getAuthenticationSession());
        var config = context.getIdpConfig().getConfig();
        boolean trusted = Boolean.parseBoolean(config.get(Source.TRUSTS_ADDRESSES));
        // A signed assertion of SAML knows no "not verified": what it says, the source stands for.
        boolean saml = SAMLIdentityProviderFactory.PROVIDER_ID.equals(
                context.getIdpConfig().getProviderId());
        context.getContextData()
                .put(VERIFIED, Boolean.toString(saml || trusted || isTrue(claim(context, "email_verified"))));
        if (config.containsKey(Source.DOOR)) {
            Object siret = claim(context, "siret");
            if (siret != null) {
                context.getContextData().put(SIRET, siret.toString());
            }
        }
        context.getContextData()
                .put(
                        USED,
                        Boolean.parseBoolean(config.get(Source.TRUSTS_FACTORS))
                                ? String.join(" ", methods(context))
                                : "");
    }

    /**
     * Whoever was half signed in before in the same tab has proved nothing for whoever comes now: Keycloak itself begins anew only for
     * accounts that are not linked yet.
     */
    private static void beginAnew(AuthenticationSessionModel signIn) {
        String locale = signIn.getAuthNote(LocaleSelectorProvider.USER_REQUEST_LOCALE);
        String passive = signIn.getAuthNote(AuthenticationProcessor.FORWARDED_PASSIVE_LOGIN);
        signIn.clearExecutionStatus();
        signIn.clearUserSessionNotes();
        signIn.clearAuthNotes();
        signIn.setAuthenticatedUser(null);
        Set.copyOf(signIn.getRequiredActions()).forEach(signIn::removeRequiredAction);
        if (locale != null) {
            signIn.setAuthNote(LocaleSelectorProvider.USER_REQUEST_LOCALE, locale);
        }
        if (passive != null) {
            signIn.setAuthNote(AuthenticationProcessor.FORWARDED_PASSIVE_LOGIN, passive);
        }
    }

    private static Set<String> methods(BrokeredIdentityContext context) {
        Set<String> methods = new LinkedHashSet<>();
        for (Object method : values(claim(context, "amr"))) {
            // ProConnect long said totp where the RFC says otp.
            String name = String.valueOf(method).toLowerCase(Locale.ROOT).replace("totp", "otp");
            if (KNOWN.contains(name)) {
                methods.add(name);
            }
        }
        Object level = claim(context, "acr");
        if (level == null) {
            level = SamlContext.level(context).orElse(null);
            methods.addAll(level == null ? Set.of() : SamlContext.methods(level.toString()));
        }
        if (level != null && MULTIPLE_LEVELS.contains(level.toString())) {
            methods.add(MULTIPLE);
        }
        return methods;
    }

    /** From the ID token, whose signature was checked; else from what the provider answered at its userinfo endpoint. */
    private static @Nullable Object claim(BrokeredIdentityContext context, String name) {
        if (context.getContextData().get(OIDCIdentityProvider.VALIDATED_ID_TOKEN) instanceof JsonWebToken token) {
            if (name.equals("acr") && token instanceof org.keycloak.representations.IDToken id && id.getAcr() != null) {
                return id.getAcr();
            }
            if (name.equals("email_verified")
                    && token instanceof org.keycloak.representations.IDToken id
                    && id.getEmailVerified() != null) {
                return id.getEmailVerified();
            }
            Object value = token.getOtherClaims().get(name);
            if (value != null) {
                return value;
            }
        }
        if (context.getContextData().get(OIDCIdentityProvider.USER_INFO) instanceof JsonNode info && info.has(name)) {
            JsonNode node = info.get(name);
            if (node.isArray()) {
                List<String> values = new ArrayList<>();
                node.forEach(one -> values.add(one.asText()));
                return values;
            }
            return node.asText();
        }
        return null;
    }

    private static Iterable<?> values(@Nullable Object claim) {
        return switch (claim) {
            case null -> List.of();
            case Iterable<?> several -> several;
            default -> List.of(claim);
        };
    }

    private static boolean isTrue(@Nullable Object claim) {
        return claim != null && Boolean.parseBoolean(claim.toString());
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {
            OIDCIdentityProviderFactory.PROVIDER_ID,
            SAMLIdentityProviderFactory.PROVIDER_ID,
            ProConnectProviderFactory.ID
        };
    }

    @Override
    public boolean supportsSyncMode(IdentityProviderSyncMode mode) {
        return true;
    }

    @Override
    public String getDisplayCategory() {
        return "Entente";
    }

    @Override
    public String getDisplayType() {
        return "Entente: what a member's source asserts";
    }

    @Override
    public String getHelpText() {
        return "Keeps whether the address is verified, and how the person proved who they are";
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
