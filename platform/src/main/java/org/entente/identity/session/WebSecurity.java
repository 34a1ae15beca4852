package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.entente.base.Refusal;
import org.entente.identity.FramedServers;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * What every request passes before it reaches a room: headers, the token against forged requests, the session. Who may call which
 * endpoint is not decided here but by {@link NeedsInterceptor}, which knows the endpoint; there are no other handlers than
 * endpoints, the web application's files and the health check.
 */
@Configuration(proxyBeanMethods = false)
class WebSecurity {

    /** Everything from here and nothing from elsewhere; no script and no style but in files of ours. */
    static final String CONTENT =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                    + "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; "
                    + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain everyRequest(
            HttpSecurity http,
            SessionStore sessions,
            SessionCookies cookies,
            SessionCsrf csrf,
            KeycloakClient keycloak,
            SignInStart start,
            SignInRequests requests,
            SignInEnd end,
            PlainPage page,
            ObjectProvider<FramedServers> framed,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(c -> c.disable())
                .logout(l -> l.disable())
                .anonymous(a -> a.disable())
                .csrf(c -> c.csrfTokenRepository(csrf)
                        .csrfTokenRequestHandler(new HeaderOfForms())
                        .ignoringRequestMatchers(
                                "/basic/**", "/console/**", "/scim/**", "/engine/**", "/l/**")) // no cookie opens these
                .exceptionHandling(e -> e.accessDeniedHandler((request, response, denied) -> problems.resolveException(
                        request, response, null, Refusal.of(Refusal.Kind.FORBIDDEN, "forged"))))
                .headers(h -> h.contentSecurityPolicy(p -> p.policyDirectives(CONTENT))
                        .referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(p ->
                                p.policy("camera=(self), microphone=(self), display-capture=(self), geolocation=()"))
                        .crossOriginOpenerPolicy(o -> o.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(o -> o.policy(CrossOriginResourcePolicy.SAME_ORIGIN)))
                .oauth2Login(o -> o.loginPage(SignInStart.PATH)
                        .clientRegistrationRepository(keycloak)
                        .authorizedClientRepository(new NoTokenKept())
                        .authorizationEndpoint(
                                e -> e.authorizationRequestResolver(start).authorizationRequestRepository(requests))
                        .successHandler(end)
                        .failureHandler(end))
                .oidcLogout(o -> o.clientRegistrationRepository(keycloak)
                        .backChannel(b -> b.logoutHandler((request, response, authentication) -> {
                            if (authentication != null
                                    && authentication.getPrincipal() instanceof OidcLogoutToken token) {
                                sessions.endAtKeycloak(token.getSessionId(), token.getSubject());
                            }
                        })))
                .addFilterBefore(new SignInGuard(keycloak, page), OAuth2AuthorizationRequestRedirectFilter.class)
                .addFilterBefore(new FramingFilter(framed), HeaderWriterFilter.class)
                .addFilterAfter(new BodyLimit(problems), HeaderWriterFilter.class)
                .addFilterAfter(new SessionFilter(sessions, cookies, problems), CsrfFilter.class)
                .build();
    }

    /** Tokens are only read at sign-in; none is kept, here or in a browser. */
    private static final class NoTokenKept implements OAuth2AuthorizedClientRepository {
        @Override
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String registration, Authentication who, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication who,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String registration, Authentication who, HttpServletRequest request, HttpServletResponse response) {}
    }

    /** Of a form with files only the header is read: to look for the token inside would take in all of it before it is known who sends it. */
    private static final class HeaderOfForms extends CsrfTokenRequestAttributeHandler {
        @Override
        public @Nullable String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken token) {
            return BodyLimit.isForm(request)
                    ? request.getHeader(token.getHeaderName())
                    : super.resolveCsrfTokenValue(request, token);
        }
    }

    /** No sign-in by password here: without this, Spring Boot would make a user of its own. */
    @Bean
    AuthenticationManager noPasswordHere() {
        return authentication -> {
            throw new AuthenticationServiceException("People sign in at Keycloak");
        };
    }
}
