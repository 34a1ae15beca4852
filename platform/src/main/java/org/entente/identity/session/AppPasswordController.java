package org.entente.identity.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.identity.Door;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** My app passwords, one a device and a capacity, each for one thing. */
@RestController
@RequestMapping("/api/me/app-passwords")
@Needs(Right.PERSON)
class AppPasswordController {

    private static final int LONGEST_LABEL = 100;

    private final DevicePasswords passwords;
    private final OpenDoors doors;
    private final Capacities capacities;
    private final Ledger ledger;

    AppPasswordController(DevicePasswords passwords, OpenDoors doors, Capacities capacities, Ledger ledger) {
        this.passwords = passwords;
        this.doors = doors;
        this.capacities = capacities;
        this.ledger = ledger;
    }

    /**
     * @param opens what it opens
     * @param secret only in the answer to its making
     */
    record AppPassword(
            UUID id,
            String label,
            @Nullable Capacity capacity,
            List<OpenDoors.Shown> opens,
            Instant madeAt,
            @Nullable Instant lastUsedAt,
            @Nullable String lastUsedFrom,
            @Nullable Instant revokedAt,
            @Nullable String secret) {}

    record Asked(
            @Nullable String label,
            @Nullable AffiliationId capacity,
            @Nullable String door) {}

    /** What an app password of this capacity can be made for. */
    @GetMapping("/doors")
    List<OpenDoors.Shown> doors(
            @RequestParam(required = false) @Nullable AffiliationId capacity, PortalSession session, Actor actor) {
        return doors.to(mine(capacity, session, actor));
    }

    @GetMapping
    List<AppPassword> list(PortalSession session, Actor actor) {
        List<DevicePasswords.Kept> kept = passwords.of(actor.person());
        Map<UUID, Capacity> known =
                capacities
                        .of(kept.stream()
                                .map(DevicePasswords.Kept::capacity)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Capacity::id, Function.identity()));
        return kept.stream()
                .filter(one -> within(session, known.get(one.capacity())))
                .map(one -> shown(one, known.get(one.capacity()), null))
                .toList();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Transactional
    public AppPassword make(@RequestBody Asked asked, PortalSession session, Actor actor) {
        String label = asked.label() == null ? "" : asked.label().strip();
        if (label.isEmpty() || label.length() > LONGEST_LABEL) {
            throw Refusal.invalidField("label", "app-password.label", LONGEST_LABEL);
        }
        AffiliationId capacity = mine(asked.capacity(), session, actor);
        Door door = Optional.ofNullable(asked.door())
                .flatMap(Door::of)
                .filter(one -> doors.isOpen(one, capacity))
                .orElseThrow(() -> Refusal.invalidField("door", "app-password.door"));
        DevicePasswords.Made made = passwords.make(actor.person(), capacity, label, door);
        Capacity shown = capacities.of(List.of(capacity.value())).getFirst();
        Map<String, Object> after = Map.of("label", label, "door", door.text());
        record("app-password.made", made.id(), label, after, shown.member().id(), actor);
        DevicePasswords.Kept kept = passwords.of(actor.person()).stream()
                .filter(one -> one.id().equals(made.id()))
                .findFirst()
                .orElseThrow();
        return shown(kept, shown, made.secret());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Transactional
    public void revoke(@PathVariable UUID id, PortalSession session, Actor actor) {
        DevicePasswords.Kept kept = passwords.of(actor.person()).stream()
                .filter(one -> one.id().equals(id))
                .filter(one ->
                        within(session, capacities.of(List.of(one.capacity())).getFirst()))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("unknown"));
        if (passwords.revoke(actor.person(), id)) {
            UUID member =
                    capacities.of(List.of(kept.capacity())).getFirst().member().id();
            record("app-password.revoked", id, kept.label(), Map.of("label", kept.label()), member, actor);
        }
    }

    /** What another member gave is none of the business of a session that does not count for it. */
    private static boolean within(PortalSession session, @Nullable Capacity capacity) {
        return capacity == null
                ? !session.reach().limited()
                : session.reach().includes(new MemberId(capacity.member().id()));
    }

    private AffiliationId mine(@Nullable AffiliationId asked, PortalSession session, Actor actor) {
        AffiliationId capacity = Objects.requireNonNullElse(asked, actor.capacity());
        capacities.mustBeOf(session, capacity);
        return capacity;
    }

    private void record(String act, UUID id, String label, Map<String, Object> after, UUID member, Actor actor) {
        ledger.record(new Entry(actor.author(), act, member, "app-password", id.toString(), label, Map.of(), after));
    }

    private AppPassword shown(DevicePasswords.Kept kept, @Nullable Capacity capacity, @Nullable String secret) {
        return new AppPassword(
                kept.id(),
                kept.label(),
                capacity,
                kept.doors().stream().map(doors::shown).toList(),
                kept.madeAt(),
                kept.lastUsedAt(),
                kept.lastUsedFrom(),
                kept.revokedAt(),
                secret);
    }
}
