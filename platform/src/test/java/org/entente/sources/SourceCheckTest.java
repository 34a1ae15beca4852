package org.entente.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.entente.base.Refusal;
import org.entente.sources.Finding.Level;
import org.entente.testing.LemonLdap;
import org.entente.testing.TestKeycloak;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test button of an identity source says precisely what is wrong; what is wrong is not kept. */
class SourceCheckTest extends SourcedTown {

    @Test
    void aProviderThatIsSetUpAsItShouldBeIsRightInEveryPoint() throws Exception {
        IdentitySource source = oidc();

        List<Finding> findings = sources.check(town, source.id(), described(null, true));

        assertThat(codes(findings, Level.RIGHT)).containsExactly("discovered", "keys", "client");
        assertThat(codes(findings, Level.WRONG)).isEmpty();
    }

    @Test
    void aWrongSecretAndAnUnknownReturnAddressAreToldApart() throws Exception {
        IdentitySource source = oidc();
        assertThat(codes(sources.check(town, source.id(), provider(provider().url(), "not the secret")), Level.WRONG))
                .containsExactly("client-refused");

        // Keycloak, of which our return address is not known.
        IdentitySources.Asked stranger = new IdentitySources.Asked(
                null,
                null,
                null,
                null,
                null,
                null,
                TestKeycloak.url() + "/realms/entente",
                app.clientId(),
                "test-app-secret-test-app-secret-0000",
                null,
                null,
                null);
        List<Finding> seen = sources.check(town, source.id(), stranger);
        assertThat(codes(seen, Level.RIGHT)).contains("client");
        assertThat(codes(seen, Level.WRONG)).containsExactly("not-sent-back");
    }

    @ParameterizedTest
    @CsvSource({
        "not an address, url",
        "ftp://sso.ville.example, url",
        "https://user:secret@sso.ville.example, url",
        "https://nowhere.invalid, unknown-host",
        "https://10.0.0.1, reach",
        "https://169.254.169.254, reach",
        "https://[::1], reach",
        "http://localhost:1, not-connected",
        "https://localhost:1, not-connected"
    })
    void anAddressThatCannotServeIsRefusedWithItsReason(String issuer, String code) {
        IdentitySource source = sources.make(town, "oidc", "Connexion", admin);

        assertThat(codes(sources.check(town, source.id(), provider(issuer, "secret")), Level.WRONG))
                .containsExactly(code);
        assertThatThrownBy(() -> sources.change(town, source.id(), provider(issuer, "secret"), admin))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.fields()).containsEntry("issuer", "source.finding." + code));
        assertThat(sources.one(town, source.id()).described()).isFalse();
    }

    @Test
    void anAddressWithoutAProviderIsRefused() {
        IdentitySource source = sources.make(town, "oidc", "Connexion", admin);

        assertThat(codes(
                        sources.check(town, source.id(), provider(provider().url() + "nowhere", "secret")),
                        Level.WRONG))
                .containsAnyOf("discovery-status", "discovery-unreadable");
    }

    @Test
    void aSecretGoesToTheProviderItWasGivenForAndToNoOther() throws Exception {
        IdentitySource source = inService(oidc());
        String other = provider().url().replace("localhost", "127.0.0.1");

        assertThat(codes(sources.check(town, source.id(), provider(null, null)), Level.RIGHT))
                .contains("client");
        assertThat(sources.check(town, source.id(), provider(other, null)).toString())
                .doesNotContain(LemonLdap.SECRET);
        assertThat(jdbc.sql("SELECT * FROM sources.identity_source")
                        .query()
                        .listOfRows()
                        .toString())
                .doesNotContain(LemonLdap.SECRET);
    }

    @Test
    void metadataAreReadFromTheirAddressOrAsTheyAreAndNeverLeadElsewhere() {
        IdentitySource source = sources.make(town, "saml", "Connexion SAML", admin);

        assertThat(codes(sources.check(town, source.id(), metadata(provider().url() + "saml/metadata")), Level.RIGHT))
                .contains("metadata", "certificate");
        assertThat(codes(sources.check(town, source.id(), metadata("<html>no</html>")), Level.WRONG))
                .containsExactly("metadata-unreadable");
        String hostile =
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><EntityDescriptor>&e;</EntityDescriptor>";
        assertThatThrownBy(() -> sources.change(town, source.id(), metadata(hostile), admin))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.fields())
                                .containsEntry("metadata", "source.finding.metadata-unreadable"));
    }

    @Test
    void whatCannotBeIsNotKept() throws Exception {
        IdentitySource source = oidc();

        assertThatThrownBy(() -> sources.change(town, source.id(), state("on"), admin))
                .hasMessageContaining("source.not-described");
        assertThatThrownBy(() -> sources.change(town, source.id(), described("on", true, List.of()), admin))
                .hasMessageContaining("source.no-domain");
        assertThatThrownBy(
                        () -> sources.change(town, source.id(), described("on", true, List.of("ailleurs.fr")), admin))
                .hasMessageContaining("source.domain");
        assertThatThrownBy(() -> sources.make(town, "ldap", "Connexion", admin)).hasMessageContaining("source.kind");
        assertThatThrownBy(() -> sources.make(town, "oidc", "Connexion de la ville", admin))
                .hasMessageContaining("source.taken");
        IdentitySource kept = inService(source);
        IdentitySources.Asked late =
                new IdentitySources.Asked("Autre nom", null, null, null, null, null, null, null, null, null, 1, null);
        assertThatThrownBy(() -> sources.change(town, kept.id(), late, admin))
                .hasMessageContaining("changed.meanwhile");
        assertThat(sources.one(town, kept.id()).label()).isEqualTo("Connexion de la ville");
    }

    @Test
    void aDomainThatIsGivenUpNoLongerLeadsToTheProvider() throws Exception {
        IdentitySource source = inService(oidc());
        jdbc.sql("DELETE FROM directory.mail_domain WHERE domain = ?")
                .param(LemonLdap.DOMAIN)
                .update();

        sources.putAgain(source.id());

        var browser = new org.entente.identity.keycloak.Browser()
                .open(app.signInUrl("uid"))
                .send("username", "username", address("rtyler"));
        assertThat(browser.title()).isEqualTo("Votre mot de passe");
    }

    private static List<String> codes(List<Finding> findings, Level level) {
        return findings.stream()
                .filter(finding -> finding.level() == level)
                .map(Finding::code)
                .toList();
    }

    private static IdentitySources.Asked provider(@Nullable String issuer, @Nullable String secret) {
        return new IdentitySources.Asked(
                null,
                null,
                null,
                null,
                null,
                null,
                issuer,
                issuer == null ? null : LemonLdap.CLIENT,
                secret,
                null,
                null,
                null);
    }

    private static IdentitySources.Asked metadata(String metadata) {
        return new IdentitySources.Asked(null, null, null, null, null, null, null, null, null, metadata, null, null);
    }
}
