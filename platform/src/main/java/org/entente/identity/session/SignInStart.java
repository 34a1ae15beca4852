package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;

/**
 * {@code GET /sign-in?to=&hint=&idp=&level=} begins a sign-in: where to go then, the address, the member's own identity provider, and
 * {@code second-factor} where one is to be given, also by somebody who is signed in already, or {@code confirmed} where who came through their member's
 * source means to confirm that it is them.
 */
@Component
class SignInStart implements OAuth2AuthorizationRequestResolver {

    static final String PATH = "/sign-in";

    /** With the id of a credential behind it. */
    static final String REMOVE = "delete_credential:";

    /** What may be asked of Keycloak's own pages on the way. */
    private static final Pattern ACTION =
            Pattern.compile("CONFIGURE_TOTP|webauthn-register|webauthn-register-passwordless" + "|UPDATE_PASSWORD|"
                    + REMOVE + "[A-Za-z0-9-]{1,64}");

    /** The level of two factors, as our steps of the sign-in know it from every application. */
    private static final String TWO_FACTORS = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa";

    private static final int LONGEST_HINT = 254;

    private final DefaultOAuth2AuthorizationRequestResolver usual;

    SignInStart(KeycloakClient client) {
        this.usual = new DefaultOAuth2AuthorizationRequestResolver(client, PATH);
    }

    static boolean asked(HttpServletRequest request) {
        return "GET".equals(request.getMethod()) && PATH.equals(request.getRequestURI());
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return asked(request) ? resolve(request, KeycloakClient.REGISTRATION) : null;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registration) {
        OAuth2AuthorizationRequest asked = usual.resolve(request, registration);
        if (asked == null) {
            return null;
        }
        return OAuth2AuthorizationRequest.from(asked)
                .attributes(all -> all.put(SignInRequests.TARGET, Target.of(request.getParameter("to"))))
                .additionalParameters(all -> {
                    hint(request, "hint", all, "login_hint");
                    hint(request, "idp", all, "kc_idp_hint");
                    String action = request.getParameter("action");
                    if (action != null && ACTION.matcher(action).matches()) {
                        all.put("kc_action", action);
                    }
                    if ("second-factor".equals(request.getParameter("level"))) {
                        all.put("acr_values", TWO_FACTORS);
                    }
                    if ("confirmed".equals(request.getParameter("level"))) {
                        // Also of somebody who is signed in: by their own password, or by their source and then that.
                        all.put("prompt", "login");
                        all.put("entente_confirm", "true");
                    }
                    all.put("ui_locales", Languages.of(request).getLanguage());
                })
                .build();
    }

    private static void hint(HttpServletRequest request, String name, Map<String, Object> parameters, String as) {
        String value = request.getParameter(name);
        if (value != null && !value.isBlank() && value.length() <= LONGEST_HINT) {
            parameters.put(as, value);
        }
    }
}
