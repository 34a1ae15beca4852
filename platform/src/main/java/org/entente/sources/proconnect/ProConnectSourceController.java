package org.entente.sources.proconnect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.identity.SignInSources;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operator registers the territory as a service of ProConnect. */
@RestController
@RequestMapping("/api/operator/proconnect-source")
class ProConnectSourceController {

    private final ProConnectSourceKeeper keeper;
    private final ProConnectSourceStore store;
    private final PartnerRefusals refusals;
    private final RefusedWords words;
    private final String portal;
    private final MessageSource messages;

    ProConnectSourceController(
            ProConnectSourceKeeper keeper,
            ProConnectSourceStore store,
            PartnerRefusals refusals,
            RefusedWords words,
            MessageSource messages,
            @Value("${entente.public-url:http://localhost:8400}") String portal) {
        this.keeper = keeper;
        this.store = store;
        this.refusals = refusals;
        this.words = words;
        this.portal = portal.replaceAll("/+$", "");
        this.messages = messages;
    }

    /**
     * @param accounts how many people came by it so far
     * @param sheet what to declare to ProConnect, as a text
     */
    record View(
            String state,
            boolean trustsFactors,
            boolean described,
            @Nullable String issuer,
            @Nullable String clientId,
            boolean hasSecret,
            long accounts,
            Declared declared,
            String sheet,
            int version) {}

    /** What to type into the partners' space of ProConnect. */
    record Declared(String redirectUri, List<String> logoutUris, String scopes, String signatures) {}

    record FoundThere(String level, String text) {}

    @GetMapping
    @Needs(Right.READ_TERRITORY)
    View read(Locale locale) {
        return view(locale);
    }

    @PatchMapping
    @Needs(Right.OPERATE)
    View change(@RequestBody ProConnectSourceKeeper.Asked asked, Actor actor, Locale locale) {
        keeper.change(asked, actor);
        return view(locale);
    }

    @PostMapping("check")
    @Needs(Right.OPERATE)
    List<FoundThere> check(@RequestBody ProConnectSourceKeeper.Asked asked, Locale locale) {
        return keeper.check(asked).stream()
                .map(finding -> new FoundThere(
                        finding.level().name().toLowerCase(Locale.ROOT),
                        messages.getMessage(
                                "refusal.source.finding." + finding.code(),
                                finding.args().toArray(),
                                locale)))
                .toList();
    }

    @GetMapping("refusals")
    @Needs(Right.READ_TERRITORY)
    List<PartnersController.RefusedArrival> refusals(Locale locale) {
        List<PartnersController.RefusedArrival> all = new ArrayList<>(
                refusals.all().stream().map(row -> words.of(row, locale)).toList());
        keeper.broken()
                .forEach(one -> all.add(new PartnersController.RefusedArrival(
                        one.at(),
                        null,
                        one.address(),
                        null,
                        1,
                        words.engine(String.valueOf(one.reason()), locale),
                        false)));
        all.sort(Comparator.comparing(PartnersController.RefusedArrival::at).reversed());
        return all;
    }

    private View view(Locale locale) {
        ProConnectSource kept = store.get();
        ProConnectSource.Settings settings = kept.settings();
        SignInSources.Ours ours = keeper.ours();
        Declared declared = new Declared(
                ours.redirectUri(),
                List.of(ours.redirectUri() + "/logout_response"),
                ProConnectSourceCheck.SCOPES,
                "RS256, ES256");
        String sheet = messages.getMessage(
                "proconnect.sheet",
                new Object[] {
                    portal + "/",
                    declared.redirectUri(),
                    String.join("\n  ", declared.logoutUris()),
                    declared.scopes(),
                    ours.entityId()
                },
                locale);
        return new View(
                kept.state().word(),
                kept.trustsFactors(),
                kept.described(),
                settings == null ? null : settings.issuer(),
                settings == null ? null : settings.clientId(),
                kept.secret() != null,
                store.accounts(),
                declared,
                sheet,
                kept.version());
    }
}
