package org.entente.sources;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.entente.base.Refusal;
import org.entente.base.Sealed;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Works out what an identity source becomes by what an admin asks for: what a provider says of itself is read for it. */
@Component
class SourceChange {

    /** For which the secret of a provider is sealed. */
    static final String PURPOSE = "identity source";

    private static final int LONGEST = 2000;

    private final OidcCheck oidcCheck;
    private final SamlCheck samlCheck;
    private final SourceStore store;
    private final Sealed sealed;

    SourceChange(OidcCheck oidcCheck, SamlCheck samlCheck, SourceStore store, Sealed sealed) {
        this.oidcCheck = oidcCheck;
        this.samlCheck = samlCheck;
        this.store = store;
        this.sealed = sealed;
    }

    /** The source as it would be; a refusal that names the field when it cannot be so. */
    IdentitySource after(IdentitySource before, IdentitySources.Asked asked) {
        IdentitySource.Oidc oidc = before.oidc();
        Map<String, String> saml = before.saml();
        byte[] secret = before.secret();
        if (before.kind() == IdentitySource.Kind.OIDC && (asked.issuer() != null || asked.clientId() != null)) {
            oidc = discovered(
                    text("issuer", asked.issuer() != null ? asked.issuer() : oidc == null ? "" : oidc.issuer()),
                    text(
                            "clientId",
                            asked.clientId() != null ? asked.clientId() : oidc == null ? "" : oidc.clientId()));
        }
        IdentitySource.Oidc kept = before.oidc();
        if (kept != null && oidc != null && !oidc.issuer().equals(kept.issuer())) {
            secret = null;
        }
        if (asked.secret() != null && !asked.secret().isBlank()) {
            secret = sealed.seal(PURPOSE, text("secret", asked.secret()));
        }
        if (before.kind() == IdentitySource.Kind.SAML
                && asked.metadata() != null
                && !asked.metadata().isBlank()) {
            SamlCheck.Seen seen = samlCheck.check(asked.metadata());
            saml = seen.saml();
            if (saml == null) {
                throw refused("metadata", seen.findings());
            }
        }
        return new IdentitySource(
                before.id(),
                before.member(),
                before.kind(),
                asked.label() == null ? before.label() : label(asked.label()),
                asked.state() == null ? before.state() : state(asked.state()),
                asked.domains() == null ? before.domains() : domains(before.member(), asked.domains()),
                asked.passwordsToo() == null ? before.passwordsToo() : asked.passwordsToo(),
                asked.trustsAddresses() == null ? before.trustsAddresses() : asked.trustsAddresses(),
                asked.trustsFactors() == null ? before.trustsFactors() : asked.trustsFactors(),
                asked.signsOutThere() == null ? before.signsOutThere() : asked.signsOutThere(),
                oidc,
                saml,
                secret,
                before.version());
    }

    private IdentitySource.Oidc discovered(String issuer, String clientId) {
        OidcCheck.Seen seen = oidcCheck.discover(issuer, clientId);
        IdentitySource.Oidc oidc = seen.oidc();
        if (oidc == null) {
            throw refused("issuer", seen.findings());
        }
        return oidc;
    }

    private static Refusal refused(String field, List<Finding> findings) {
        Finding wrong = findings.stream()
                .filter(finding -> finding.level() == Finding.Level.WRONG)
                .findFirst()
                .orElseThrow();
        return Refusal.invalidField(
                field, "source.finding." + wrong.code(), wrong.args().toArray());
    }

    private List<String> domains(MemberId member, List<String> asked) {
        List<String> own = store.domains(member);
        List<String> wanted = asked.stream()
                .map(domain -> domain.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList();
        wanted.stream().filter(domain -> !own.contains(domain)).findFirst().ifPresent(foreign -> {
            throw Refusal.invalidField("domains", "source.domain", foreign);
        });
        return wanted;
    }

    private static IdentitySource.State state(String asked) {
        try {
            return IdentitySource.State.valueOf(asked.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidField("state", "source.state");
        }
    }

    static String label(@Nullable String asked) {
        String label = asked == null ? "" : asked.strip();
        // It is shown on pages of the territory: a name, and nothing that a page could take for more.
        if (label.isEmpty()
                || label.length() > 100
                || label.chars().anyMatch(c -> Character.isISOControl(c) || "<>{}$".indexOf(c) >= 0)) {
            throw Refusal.invalidField("label", "source.label", 100);
        }
        return label;
    }

    private static String text(String field, String asked) {
        String text = asked.strip();
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalidField(field, "source.text", LONGEST);
        }
        return text;
    }
}
