package org.entente.sources;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.base.Sealed;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.identity.SignInSources;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What a member's admins may do with its identity sources. What is kept here and what the sign-in engine does are one. */
@Service
class IdentitySources {

    private static final int MOST_EACH = 5;
    private static final String SCOPES = "openid profile email";

    private final SourceStore store;
    private final SignInSources engine;
    private final OidcCheck oidcCheck;
    private final SamlCheck samlCheck;
    private final SourceChange changes;
    private final Sealed sealed;
    private final Ledger ledger;
    private final TransactionTemplate transaction;

    IdentitySources(
            SourceStore store,
            SignInSources engine,
            OidcCheck oidcCheck,
            SamlCheck samlCheck,
            SourceChange changes,
            Sealed sealed,
            Ledger ledger,
            TransactionTemplate transaction) {
        this.store = store;
        this.engine = engine;
        this.oidcCheck = oidcCheck;
        this.samlCheck = samlCheck;
        this.changes = changes;
        this.sealed = sealed;
        this.ledger = ledger;
        this.transaction = transaction;
    }

    /**
     * What an admin asks for; what is null stays as it is.
     *
     * @param issuer with clientId and secret, of an OpenID Connect provider
     * @param metadata of a SAML provider: the document, or its address
     */
    record Asked(
            @Nullable String label,
            @Nullable String state,
            @Nullable List<String> domains,
            @Nullable Boolean passwordsToo,
            @Nullable Boolean trustsAddresses,
            @Nullable Boolean trustsFactors,
            @Nullable String issuer,
            @Nullable String clientId,
            @Nullable String secret,
            @Nullable String metadata,
            @Nullable Integer version,
            @Nullable Boolean signsOutThere) {}

    List<IdentitySource> of(MemberId member) {
        return store.of(member);
    }

    IdentitySource one(MemberId member, UUID id) {
        return store.find(member, id).orElseThrow(() -> Refusal.notFound("source.unknown"));
    }

    /** One that is not described yet: its provider must first know where we are. */
    @Transactional
    IdentitySource make(MemberId member, @Nullable String kind, @Nullable String label, Actor actor) {
        IdentitySource.Kind asked;
        try {
            asked = IdentitySource.Kind.valueOf(String.valueOf(kind).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidField("kind", "source.kind");
        }
        if (store.of(member).size() >= MOST_EACH) {
            throw Refusal.conflict("source.many", MOST_EACH);
        }
        IdentitySource made = one(member, store.make(member, asked, SourceChange.label(label)));
        record("identity-source.made", made, actor, Map.of(), words(made));
        return made;
    }

    /** The provider is asked before anything is held in the database: it may take its time. */
    IdentitySource change(MemberId member, UUID id, Asked asked, Actor actor) {
        IdentitySource before = one(member, id);
        if (asked.version() != null && asked.version() != before.version()) {
            throw Refusal.conflict("changed.meanwhile");
        }
        IdentitySource after = changes.after(before, asked);
        if (after.oidc() != null && after.secret() == null) {
            throw Refusal.invalidField("secret", "source.secret");
        }
        if (after.state() != IdentitySource.State.OFF && !after.described()) {
            throw Refusal.invalidField("state", "source.not-described");
        }
        if (after.state() == IdentitySource.State.ON && after.domains().isEmpty()) {
            throw Refusal.invalidField("domains", "source.no-domain");
        }
        transaction.executeWithoutResult(status -> {
            store.change(after);
            record("identity-source.changed", after, actor, words(before), words(after));
            // Last: when the engine does not take it, nothing is kept here either.
            if (after.described()) {
                put(after);
            }
        });
        return one(member, id);
    }

    @Transactional
    void remove(MemberId member, UUID id, Actor actor) {
        IdentitySource source = one(member, id);
        store.remove(source);
        record("identity-source.removed", source, actor, words(source), Map.of());
        engine.remove(id.toString());
    }

    /** Looks at the provider as it is described, or as it would be after {@code asked}. */
    List<Finding> check(MemberId member, UUID id, Asked asked) {
        IdentitySource source = one(member, id);
        if (source.kind() == IdentitySource.Kind.SAML) {
            Map<String, String> saml = source.saml();
            if (asked.metadata() != null && !asked.metadata().isBlank()) {
                return samlCheck.check(asked.metadata()).findings();
            }
            return saml == null ? List.of(Finding.wrong("nothing")) : samlCheck.check(saml);
        }
        IdentitySource.Oidc oidc = source.oidc();
        String issuer = given(asked.issuer(), oidc == null ? null : oidc.issuer());
        String client = given(asked.clientId(), oidc == null ? null : oidc.clientId());
        if (issuer == null || client == null) {
            return List.of(Finding.wrong("nothing"));
        }
        // A secret goes to the provider it was given for, and to no other.
        boolean same = oidc != null && OidcCheck.bare(oidc.issuer()).equals(OidcCheck.bare(issuer));
        return oidcCheck
                .check(
                        issuer,
                        client,
                        given(asked.secret(), same ? secret(source) : null),
                        engine.ours(id.toString()).redirectUri())
                .findings();
    }

    List<SignInSources.Refused> refusals(MemberId member, UUID id) {
        IdentitySource source = one(member, id);
        return source.described() ? engine.refusals(id.toString()) : List.of();
    }

    /** Brings the engine to what is kept here now, whatever the caller has read before. */
    void putAgain(UUID id) {
        transaction.executeWithoutResult(status -> store.hold(id)
                .ifPresentOrElse(
                        source -> {
                            if (source.described()) {
                                put(source);
                            }
                        },
                        () -> engine.remove(id.toString())));
    }

    private void put(IdentitySource source) {
        List<String> domains = new ArrayList<>(source.domains());
        domains.retainAll(store.domains(source.member()));
        IdentitySource.Oidc oidc = source.oidc();
        String secret = secret(source);
        engine.put(
                source.id().toString(),
                new SignInSources.Source(
                        source.member(),
                        source.label(),
                        domains,
                        source.state().word(),
                        source.passwordsToo(),
                        source.trustsAddresses(),
                        source.trustsFactors(),
                        source.signsOutThere(),
                        oidc == null
                                ? null
                                : new SignInSources.Oidc(
                                        oidc.issuer(),
                                        oidc.authorizationUrl(),
                                        oidc.tokenUrl(),
                                        oidc.userInfoUrl(),
                                        oidc.jwksUrl(),
                                        oidc.clientId(),
                                        secret == null ? "" : secret,
                                        oidc.clientAuthentication(),
                                        SCOPES,
                                        oidc.endSessionUrl()),
                        source.saml()));
    }

    private static @Nullable String given(@Nullable String asked, @Nullable String kept) {
        return asked == null || asked.isBlank() ? kept : asked.strip();
    }

    private @Nullable String secret(IdentitySource source) {
        byte[] secret = source.secret();
        return secret == null ? null : sealed.open(SourceChange.PURPOSE, secret);
    }

    private void record(
            String act, IdentitySource source, Actor actor, Map<String, Object> before, Map<String, Object> after) {
        ledger.record(new Entry(
                actor.author(),
                act,
                source.member().value(),
                "identity-source",
                source.id().toString(),
                source.label(),
                before,
                after));
    }

    private static Map<String, Object> words(IdentitySource source) {
        IdentitySource.Oidc oidc = source.oidc();
        Map<String, String> saml = source.saml();
        String provider = oidc != null ? oidc.issuer() : saml != null ? saml.getOrDefault("idpEntityId", "") : "";
        return Map.of(
                "signsOutThere", source.signsOutThere(),
                "label", source.label(),
                "state", source.state().word(),
                "domains", String.join(", ", source.domains()),
                "passwordsToo", source.passwordsToo(),
                "trustsAddresses", source.trustsAddresses(),
                "trustsFactors", source.trustsFactors(),
                "provider", provider);
    }
}
