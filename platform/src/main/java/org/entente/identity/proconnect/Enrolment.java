package org.entente.identity.proconnect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.catalog.SignIn;
import org.entente.identity.PortalClient;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The sheet by which an operator declares the territory to ProConnect as an identity provider, and the DNS records by which each member proves its mail
 * domains. Source: ProConnect's documentation for partners, "Fournisseur d'identité" (prerequisites, configuration), read in November 2026. Members take part
 * by a subscription to the service whose descriptor says {@code proconnect: federation}.
 */
@Component
class Enrolment {

    /** What ProConnect asks of an identity provider, and what it cannot do without. */
    private static final List<String> SCOPES = List.of(
            "openid",
            "given_name",
            "usual_name",
            "email",
            "uid",
            "siren",
            "siret",
            "organizational_unit",
            "belonging_population",
            "phone",
            "chorusdt");

    private static final List<String> MANDATORY = List.of("sub", "uid", "given_name", "usual_name", "email", "siret");

    private static final String RECORD = "proconnect-identity-provider-";

    /** A TXT record at a name of the DNS; its value is known once ProConnect has given an identifier. */
    record Txt(String name, @Nullable String value) {}

    record Domain(String domain, boolean verified, Txt record) {}

    record Member(String name, @Nullable String siret, List<Domain> domains) {}

    /**
     * @param secret where the operator keeps it; never the secret itself
     * @param doubts what would keep people of a member from signing in, in words
     * @param text all of it, to be copied
     */
    record Sheet(
            String service,
            String name,
            String issuer,
            String discovery,
            String authorization,
            String token,
            String userinfo,
            String jwks,
            String endSession,
            String clientId,
            String secret,
            String algorithm,
            List<String> redirectUris,
            List<String> postLogoutRedirectUris,
            List<String> scopes,
            List<String> mandatory,
            List<Member> members,
            List<String> doubts,
            String text) {}

    private final Catalog catalog;
    private final PortalClient portal;
    private final JdbcClient jdbc;
    private final MessageSource messages;

    Enrolment(Catalog catalog, PortalClient portal, JdbcClient jdbc, MessageSource messages) {
        this.catalog = catalog;
        this.portal = portal;
        this.jdbc = jdbc;
        this.messages = messages;
    }

    /** @param identityProvider the identifier that ProConnect has given; null as long as it has not */
    List<Sheet> sheets(@Nullable String identityProvider, Locale locale) {
        UUID given = identityProvider == null || identityProvider.isBlank() ? null : id(identityProvider.strip());
        List<Sheet> sheets = new ArrayList<>();
        for (Service service : catalog.services()) {
            if (service.signIn() instanceof SignIn.Oidc oidc
                    && oidc.proConnect() != null
                    && oidc.proConnect().party() == SignIn.Party.FEDERATION) {
                sheets.add(sheet(service, oidc, oidc.proConnect(), given, locale));
            }
        }
        return sheets;
    }

    private Sheet sheet(
            Service service, SignIn.Oidc oidc, SignIn.ProConnect proConnect, @Nullable UUID given, Locale locale) {
        String issuer = portal.issuer();
        String at = issuer + "/protocol/openid-connect";
        List<Member> members = members(service.id(), given);
        Sheet sheet = new Sheet(
                service.id(),
                service.name().in(locale),
                issuer,
                issuer + "/.well-known/openid-configuration",
                at + "/auth",
                at + "/token",
                at + "/userinfo",
                at + "/certs",
                at + "/logout",
                oidc.clientId(),
                String.valueOf(oidc.secret()),
                proConnect.algorithm().name(),
                oidc.redirectUris(),
                oidc.afterSignOut(),
                SCOPES,
                MANDATORY,
                members,
                doubts(members, locale),
                "");
        return withText(sheet, locale);
    }

    private List<Member> members(String service, @Nullable UUID given) {
        record Row(
                String name,
                @Nullable String siret,
                @Nullable String domain,
                boolean verified) {}
        List<Row> rows = jdbc.sql("""
                SELECT DISTINCT m.name, m.siret, d.domain, d.verified_at IS NOT NULL AS verified
                FROM access.v_subscription s JOIN directory.v_member m ON m.id = s.member AND m.status <> 'left'
                LEFT JOIN directory.v_mail_domain d ON d.member = m.id
                WHERE s.service = ? ORDER BY m.name, d.domain
                """)
                .param(service)
                .query((row, n) -> new Row(
                        row.getString("name"),
                        row.getString("siret"),
                        row.getString("domain"),
                        row.getBoolean("verified")))
                .list();
        List<Member> members = new ArrayList<>();
        for (Row row : rows) {
            Member last = members.isEmpty() ? null : members.getLast();
            if (last == null || !last.name().equals(row.name()) || !Objects.equals(last.siret(), row.siret())) {
                last = new Member(row.name(), row.siret(), new ArrayList<>());
                members.add(last);
            }
            if (row.domain() != null) {
                last.domains()
                        .add(new Domain(
                                row.domain(),
                                row.verified(),
                                new Txt(row.domain(), given == null ? null : RECORD + given)));
            }
        }
        return members;
    }

    private List<String> doubts(List<Member> members, Locale locale) {
        List<String> doubts = new ArrayList<>();
        if (members.isEmpty()) {
            doubts.add(say("nobody", locale));
        }
        for (Member member : members) {
            if (member.siret() == null) {
                doubts.add(say("siret", locale, member.name()));
            }
            if (member.domains().isEmpty()) {
                doubts.add(say("domain", locale, member.name()));
            }
            member.domains().stream()
                    .filter(domain -> !domain.verified())
                    .forEach(domain -> doubts.add(say("unverified", locale, domain.domain(), member.name())));
        }
        return doubts;
    }

    private Sheet withText(Sheet sheet, Locale locale) {
        StringBuilder text = new StringBuilder();
        line(text, say("sheet.title", locale, sheet.name()), "");
        line(text, "Discovery URL", sheet.discovery());
        line(text, "Issuer", sheet.issuer());
        line(text, "authorization_endpoint", sheet.authorization());
        line(text, "token_endpoint", sheet.token());
        line(text, "userinfo_endpoint", sheet.userinfo());
        line(text, "jwks_uri", sheet.jwks());
        line(text, "end_session_endpoint", sheet.endSession());
        line(text, "client_id", sheet.clientId());
        line(text, "client_secret", say("sheet.secret", locale, sheet.secret()));
        line(text, "client_authentication_method", "client_secret_post");
        line(text, "id_token, userinfo", sheet.algorithm());
        line(text, "redirect_uri", String.join(" ", sheet.redirectUris()));
        line(text, "post_logout_redirect_uri", String.join(" ", sheet.postLogoutRedirectUris()));
        line(text, "scopes", String.join(" ", sheet.scopes()));
        line(text, say("sheet.claims", locale), String.join(" ", sheet.mandatory()));
        line(text, "acr", "eidas1, eidas1-mfa");
        line(text, say("sheet.contact", locale), "");
        text.append('\n').append(say("sheet.domains", locale)).append('\n');
        for (Member member : sheet.members()) {
            for (Domain domain : member.domains()) {
                text.append("@").append(domain.domain()).append("  ").append(member.name());
                text.append("  ")
                        .append(member.siret() == null ? say("sheet.no-siret", locale) : member.siret())
                        .append('\n');
            }
        }
        text.append('\n').append(say("sheet.records", locale)).append('\n');
        for (Member member : sheet.members()) {
            for (Domain domain : member.domains()) {
                String value = domain.record().value();
                text.append(domain.record().name())
                        .append(". IN TXT \"")
                        .append(value == null ? RECORD + say("sheet.to-come", locale) : value)
                        .append("\"\n");
            }
        }
        return new Sheet(
                sheet.service(),
                sheet.name(),
                sheet.issuer(),
                sheet.discovery(),
                sheet.authorization(),
                sheet.token(),
                sheet.userinfo(),
                sheet.jwks(),
                sheet.endSession(),
                sheet.clientId(),
                sheet.secret(),
                sheet.algorithm(),
                sheet.redirectUris(),
                sheet.postLogoutRedirectUris(),
                sheet.scopes(),
                sheet.mandatory(),
                sheet.members(),
                sheet.doubts(),
                text.toString());
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name);
        if (!value.isEmpty()) {
            text.append(": ").append(value);
        }
        text.append('\n');
    }

    /** Identifiers of ProConnect are UUIDs; anything else would be written into somebody's DNS. */
    private static UUID id(String text) {
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw Refusal.invalidField("identityProvider", "proconnect.id");
        }
        return UUID.fromString(text);
    }

    private String say(String code, Locale locale, Object... args) {
        return String.valueOf(messages.getMessage("proconnect." + code, args, locale));
    }
}
