package org.entente.sources.ldap;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A member's admins say where their directory is, try it, and have it read. */
@RestController
@RequestMapping("/api/members/{member}/ldap")
@Needs(Right.MANAGE_MEMBER)
class LdapController {

    /** Readings at the same time on one node: each may last minutes, and takes memory. */
    private static final int AT_ONCE = 4;

    private static final int SAMPLES = 5;

    record Asked(
            @Nullable String url,
            @Nullable String bindDn,
            @Nullable String password,
            @Nullable String baseDn,
            @Nullable String filter,
            @Nullable Map<String, String> attributes,
            @Nullable String ca,
            @Nullable Integer nightly,
            @Nullable Integer version) {

        LdapSettings settings() {
            return new LdapSettings(
                    text(url),
                    text(bindDn),
                    text(baseDn),
                    text(filter),
                    attributes == null ? Map.of() : attributes,
                    ca,
                    nightly);
        }

        private static String text(@Nullable String said) {
            return said == null ? "" : said;
        }
    }

    record Last(
            String state,
            @Nullable Instant at,
            @Nullable String message,
            @Nullable Integer entries,
            @Nullable UUID run) {}

    /** @param settings null as long as there is no directory; the password is never shown */
    record View(
            @Nullable LdapSettings settings,
            int version,
            @Nullable Instant nextAt,
            @Nullable Last last,
            @Nullable SignIn signIn,
            List<LdapPresets.Preset> presets) {}

    /**
     * @param hint what a link must name to lead to it, also while it is on trial
     * @param trouble what kept the directory from answering the last time, in words
     */
    record SignIn(
            String state,
            boolean passwordsToo,
            String hint,
            @Nullable String trouble,
            @Nullable Instant troubleAt) {}

    record Sample(
            String dn,
            @Nullable String givenName,
            @Nullable String usualName,
            @Nullable String address,
            @Nullable String function,
            @Nullable String unit,
            @Nullable String phone,
            @Nullable String reference,
            @Nullable LocalDate until,
            boolean disabled) {}

    /** @param problem what is wrong, in words; the rest is then empty */
    record Tried(
            @Nullable String problem,
            @Nullable String field,
            int entries,
            int disabled,
            Map<String, Integer> lacking,
            List<Sample> people) {}

    private final LdapBook book;
    private final LdapPeople people;
    private final LdapReadings readings;
    private final LdapSignIn signIn;
    private final MessageSource messages;
    private final Semaphore atOnce = new Semaphore(AT_ONCE);

    LdapController(LdapBook book, LdapPeople people, LdapReadings readings, LdapSignIn signIn, MessageSource messages) {
        this.book = book;
        this.people = people;
        this.readings = readings;
        this.signIn = signIn;
        this.messages = messages;
    }

    @GetMapping
    View get(@PathVariable MemberId member, Locale locale) {
        return book.find(member)
                .map(kept -> new View(
                        kept.settings(),
                        kept.version(),
                        kept.nextAt(),
                        last(kept.last(), locale),
                        signIn(kept, locale),
                        LdapPresets.ALL))
                .orElseGet(() -> new View(null, 0, null, null, null, LdapPresets.ALL));
    }

    @PutMapping
    View set(@PathVariable MemberId member, @RequestBody Asked asked, Actor actor, Locale locale) {
        signIn.describe(member, asked.settings(), asked.password(), asked.version(), actor);
        return get(member, locale);
    }

    /** Nobody leaves by it: whom it kept stays, and is nobody's to end but a human's. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable MemberId member, Actor actor) {
        signIn.remove(member, actor);
    }

    /** Tries settings that need not be kept yet: all is read, nothing is changed. */
    @PostMapping("check")
    Tried check(@PathVariable MemberId member, @RequestBody Asked asked, Locale locale) {
        try {
            LdapSettings settings = asked.settings();
            String password = book.password(member, settings, asked.password());
            return tried(bounded(() -> people.read(settings, password)));
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.TOO_MANY) {
                throw refusal;
            }
            String field = refusal.fields().keySet().stream().findFirst().orElse(null);
            return new Tried(say(refusal.code(), refusal.args(), locale), field, 0, 0, Map.of(), List.of());
        }
    }

    record Read(UUID run) {}

    @PostMapping("readings")
    @ResponseStatus(HttpStatus.CREATED)
    Read read(@PathVariable MemberId member, Actor actor) {
        return new Read(
                bounded(() -> readings.byHand(member, actor.author())).run().id());
    }

    private <T> T bounded(Supplier<T> work) {
        if (!atOnce.tryAcquire()) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "ldap.busy");
        }
        try {
            return work.get();
        } finally {
            atOnce.release();
        }
    }

    private Tried tried(List<LdapPeople.Person> found) {
        List<LdapPeople.Person> open = found.stream().filter(p -> !p.disabled()).toList();
        Map<String, Integer> lacking = new java.util.LinkedHashMap<>();
        lacks(lacking, "givenName", open, LdapPeople.Person::givenName);
        lacks(lacking, "usualName", open, LdapPeople.Person::usualName);
        lacks(lacking, "address", open, LdapPeople.Person::address);
        lacks(lacking, "function", open, LdapPeople.Person::function);
        lacks(lacking, "unit", open, LdapPeople.Person::unit);
        List<Sample> samples = open.stream()
                .limit(SAMPLES)
                .map(p -> new Sample(
                        p.dn(),
                        p.givenName(),
                        p.usualName(),
                        p.address(),
                        p.function(),
                        p.unit(),
                        p.phone(),
                        p.reference(),
                        p.until(),
                        p.disabled()))
                .toList();
        return new Tried(null, null, found.size(), found.size() - open.size(), lacking, samples);
    }

    private static void lacks(
            Map<String, Integer> lacking,
            String field,
            List<LdapPeople.Person> people,
            java.util.function.Function<LdapPeople.Person, @Nullable String> value) {
        int without = (int) people.stream().filter(p -> value.apply(p) == null).count();
        if (without > 0) {
            lacking.put(field, without);
        }
    }

    private Last last(LdapBook.Last last, Locale locale) {
        return new Last(
                last.state(),
                last.at(),
                last.error() == null ? null : say(last.error(), List.copyOf(last.errorArgs()), locale),
                last.entries(),
                last.run());
    }

    private SignIn signIn(LdapBook.Kept kept, Locale locale) {
        LdapBook.SignIn said = kept.signIn();
        return new SignIn(
                said.state(),
                said.passwordsToo(),
                "ldap-" + kept.member().value(),
                said.trouble() == null ? null : say(said.trouble(), List.copyOf(said.troubleArgs()), locale),
                said.troubleAt());
    }

    private String say(String code, List<?> args, Locale locale) {
        return String.valueOf(messages.getMessage("refusal." + code, args.toArray(), code, locale));
    }
}
