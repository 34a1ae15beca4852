package org.entente.sources;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.identity.SignInSources;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A member's admins say by what its people sign in. */
@RestController
@RequestMapping("/api/members/{member}/identity-sources")
@Needs(Right.MANAGE_MEMBER)
class IdentitySourcesController {

    private static final String REFUSAL = "source.refused.";

    /** Where the provider asserts an address that is not the person's, or not only theirs: somebody has to look, and nothing was linked. */
    private static final Set<String> CONFLICTS =
            Set.of("source_others_address", "source_foreign_domain", "source_ambiguous", "source_not_confirmed");

    private final IdentitySources sources;
    private final SourceStore store;
    private final SignInSources engine;
    private final MessageSource messages;

    IdentitySourcesController(
            IdentitySources sources, SourceStore store, SignInSources engine, MessageSource messages) {
        this.sources = sources;
        this.store = store;
        this.engine = engine;
        this.messages = messages;
    }

    record New(@Nullable String kind, @Nullable String label) {}

    /** @param domains the member's proved mail domains, of which a source may take some */
    record All(List<String> domains, List<View> sources) {}

    /**
     * @param hasSignOut whether it publishes a place where people sign out
     * @param provider the issuer, or the entity; null until it is described
     */
    record View(
            UUID id,
            String kind,
            String label,
            String state,
            List<String> domains,
            boolean passwordsToo,
            boolean trustsAddresses,
            boolean trustsFactors,
            boolean signsOutThere,
            boolean hasSignOut,
            boolean described,
            @Nullable String provider,
            @Nullable String clientId,
            boolean hasSecret,
            SignInSources.Ours ours,
            int version) {}

    record Found(String level, String text) {}

    record RefusedSignIn(Instant at, @Nullable String address, String text, boolean conflict) {}

    @GetMapping
    All list(@PathVariable MemberId member) {
        return new All(
                store.domains(member),
                sources.of(member).stream().map(this::view).toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    View make(@PathVariable MemberId member, @RequestBody New asked, Actor actor) {
        return view(sources.make(member, asked.kind(), asked.label(), actor));
    }

    @PatchMapping("{source}")
    View change(
            @PathVariable MemberId member,
            @PathVariable UUID source,
            @RequestBody IdentitySources.Asked asked,
            Actor actor) {
        return view(sources.change(member, source, asked, actor));
    }

    @DeleteMapping("{source}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable MemberId member, @PathVariable UUID source, Actor actor) {
        sources.remove(member, source, actor);
    }

    @PostMapping("{source}/check")
    List<Found> check(
            @PathVariable MemberId member,
            @PathVariable UUID source,
            @RequestBody IdentitySources.Asked asked,
            Locale locale) {
        return sources.check(member, source, asked).stream()
                .map(finding -> new Found(
                        finding.level().name().toLowerCase(Locale.ROOT),
                        messages.getMessage(
                                "refusal.source.finding." + finding.code(),
                                finding.args().toArray(),
                                locale)))
                .toList();
    }

    @GetMapping("{source}/refusals")
    List<RefusedSignIn> refusals(@PathVariable MemberId member, @PathVariable UUID source, Locale locale) {
        return sources.refusals(member, source).stream()
                .map(refused -> new RefusedSignIn(
                        refused.at(),
                        refused.address(),
                        words(refused.reason(), locale),
                        CONFLICTS.contains(String.valueOf(refused.reason()))))
                .toList();
    }

    private String words(@Nullable String reason, Locale locale) {
        String known = messages.getMessage(REFUSAL + reason, null, "", locale);
        return known == null || known.isEmpty() ? messages.getMessage(REFUSAL + "other", null, locale) : known;
    }

    private View view(IdentitySource source) {
        IdentitySource.Oidc oidc = source.oidc();
        Map<String, String> saml = source.saml();
        return new View(
                source.id(),
                source.kind().name().toLowerCase(Locale.ROOT),
                source.label(),
                source.state().word(),
                source.domains(),
                source.passwordsToo(),
                source.trustsAddresses(),
                source.trustsFactors(),
                source.signsOutThere(),
                oidc != null
                        ? oidc.endSessionUrl() != null
                        : saml != null && saml.get("singleLogoutServiceUrl") != null,
                source.described(),
                oidc != null ? oidc.issuer() : saml != null ? saml.get("idpEntityId") : null,
                oidc == null ? null : oidc.clientId(),
                source.secret() != null,
                engine.ours(source.id().toString()),
                source.version());
    }
}
