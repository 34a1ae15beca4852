package org.entente.sources.proconnect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.base.Sealed;
import org.entente.directory.Actor;
import org.entente.identity.SignInEngineReady;
import org.entente.identity.SignInSources;
import org.entente.sources.Finding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What the operator may do with the territory's registration at ProConnect. What is kept here and what the sign-in engine does are one. */
@Service
class ProConnectSourceKeeper {

    /** Its name at the sign-in engine: part of the address that ProConnect sends people back to, and what a link names. */
    static final String ALIAS = "proconnect";

    private static final String PURPOSE = "proconnect secret";
    private static final Logger log = LoggerFactory.getLogger(ProConnectSourceKeeper.class);
    private static final String LABEL = "ProConnect";
    private static final int LONGEST = 2000;

    private final ProConnectSourceStore store;
    private final ProConnectSourceCheck checks;
    private final SignInSources engine;
    private final Sealed sealed;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final EngineDoor door;

    ProConnectSourceKeeper(
            ProConnectSourceStore store,
            ProConnectSourceCheck checks,
            SignInSources engine,
            Sealed sealed,
            Ledger ledger,
            TransactionTemplate transaction,
            EngineDoor door) {
        this.store = store;
        this.checks = checks;
        this.engine = engine;
        this.sealed = sealed;
        this.ledger = ledger;
        this.transaction = transaction;
        this.door = door;
    }

    /** What the operator asks for; what is null stays as it is. */
    record Asked(
            @Nullable String state,
            @Nullable Boolean trustsFactors,
            @Nullable String issuer,
            @Nullable String clientId,
            @Nullable String secret,
            @Nullable Integer version) {

        @Override
        public String toString() {
            return "Asked[" + state + ", " + issuer + ", " + clientId + "]";
        }
    }

    /** ProConnect is asked before anything is held in the database: it may take its time. */
    void change(Asked asked, Actor actor) {
        ProConnectSource before = store.get();
        if (asked.version() != null && asked.version() != before.version()) {
            throw Refusal.conflict("changed.meanwhile");
        }
        ProConnectSource after = after(before, asked);
        if (after.settings() != null && after.secret() == null) {
            throw Refusal.invalidField("secret", "proconnect.secret");
        }
        if (after.state() != ProConnectSource.State.OFF && !after.described()) {
            throw Refusal.invalidField("state", "source.not-described");
        }
        transaction.executeWithoutResult(status -> {
            store.change(after);
            if (!who(before).equals(who(after))) {
                store.forgetAccounts();
            }
            ledger.record(new Entry(
                    actor.author(),
                    "proconnect-source.changed",
                    null,
                    "proconnect-source",
                    ALIAS,
                    LABEL,
                    words(before),
                    words(after)));
            // Last: when the engine does not take it, nothing is kept here either.
            put(after);
        });
    }

    List<Finding> check(Asked asked) {
        ProConnectSource kept = store.get();
        ProConnectSource.Settings settings = kept.settings();
        String issuer = given(asked.issuer(), settings == null ? null : settings.issuer());
        String client = given(asked.clientId(), settings == null ? null : settings.clientId());
        if (issuer == null || client == null) {
            return List.of(Finding.wrong("proconnect-nothing"));
        }
        // A secret goes to the provider it was given for, and to no other.
        boolean same = settings != null && bare(settings.issuer()).equals(bare(issuer));
        return checks.check(issuer, client, given(asked.secret(), same ? secret(kept) : null), ours().redirectUri())
                .findings();
    }

    SignInSources.Ours ours() {
        return engine.ours(ALIAS);
    }

    /** Sign-ins that came to nothing at the sign-in engine itself, before it was asked whose an account is. */
    List<SignInSources.Refused> broken() {
        return store.get().described()
                ? engine.refusals(ALIAS).stream()
                        .filter(one -> one.reason() == null || !one.reason().startsWith("source_"))
                        .toList()
                : List.of();
    }

    @EventListener
    void ready(SignInEngineReady ready) {
        try {
            transaction.executeWithoutResult(status -> put(store.hold()));
        } catch (RuntimeException e) {
            // One that cannot be put, as when its secret does not open, must not keep members' own sources from their
            // work.
            log.error("Nobody signs in by ProConnect: {}", e.getMessage());
        }
    }

    private void put(ProConnectSource link) {
        ProConnectSource.Settings settings = link.settings();
        String secret = secret(link);
        if (settings == null || secret == null) {
            engine.remove(ALIAS);
            return;
        }
        engine.putPartners(
                ALIAS,
                new SignInSources.Partners(
                        LABEL,
                        link.state().word(),
                        link.trustsFactors(),
                        new SignInSources.Oidc(
                                settings.issuer(),
                                settings.authorizationUrl(),
                                settings.tokenUrl(),
                                settings.userInfoUrl(),
                                settings.jwksUrl(),
                                settings.clientId(),
                                secret,
                                settings.clientAuthentication(),
                                ProConnectSourceCheck.SCOPES,
                                settings.logoutUrl()),
                        door.at(PartnersDoor.PATH),
                        settings.pkce()));
    }

    private ProConnectSource after(ProConnectSource before, Asked asked) {
        ProConnectSource.Settings settings = before.settings();
        byte[] secret = before.secret();
        if (asked.issuer() != null || asked.clientId() != null) {
            String issuer = asked.issuer() != null ? asked.issuer() : settings == null ? "" : settings.issuer();
            String client = asked.clientId() != null ? asked.clientId() : settings == null ? "" : settings.clientId();
            settings = discovered(text("issuer", issuer), text("clientId", client));
            ProConnectSource.Settings kept = before.settings();
            if (kept != null && !settings.issuer().equals(kept.issuer())) {
                secret = null;
            }
        }
        if (asked.secret() != null && !asked.secret().isBlank()) {
            secret = sealed.seal(PURPOSE, text("secret", asked.secret()));
        }
        return new ProConnectSource(
                asked.state() == null ? before.state() : state(asked.state()),
                asked.trustsFactors() == null ? before.trustsFactors() : asked.trustsFactors(),
                settings,
                secret,
                before.version());
    }

    private ProConnectSource.Settings discovered(String issuer, String clientId) {
        ProConnectSourceCheck.Seen seen = checks.discover(issuer, clientId);
        if (seen.settings() != null) {
            return seen.settings();
        }
        Finding wrong = seen.findings().stream()
                .filter(finding -> finding.level() == Finding.Level.WRONG)
                .findFirst()
                .orElseThrow();
        throw Refusal.invalidField(
                "issuer", "source.finding." + wrong.code(), wrong.args().toArray());
    }

    private static ProConnectSource.State state(String asked) {
        try {
            return ProConnectSource.State.valueOf(asked.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidField("state", "source.state");
        }
    }

    private static String text(String field, String asked) {
        String text = asked.strip();
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalidField(field, "source.text", LONGEST);
        }
        return text;
    }

    private static @Nullable String given(@Nullable String asked, @Nullable String kept) {
        return asked == null || asked.isBlank() ? kept : asked.strip();
    }

    private static String bare(String url) {
        return url.replaceAll("/+$", "");
    }

    private @Nullable String secret(ProConnectSource link) {
        byte[] secret = link.secret();
        return secret == null ? null : sealed.open(PURPOSE, secret);
    }

    private static String who(ProConnectSource link) {
        ProConnectSource.Settings settings = link.settings();
        return settings == null ? "" : settings.issuer() + " " + settings.clientId();
    }

    private static Map<String, Object> words(ProConnectSource link) {
        return Map.of("state", link.state().word(), "trustsFactors", link.trustsFactors(), "provider", who(link));
    }
}
