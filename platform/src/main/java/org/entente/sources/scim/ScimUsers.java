package org.entente.sources.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.directory.AffiliationCard;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.MemberId;
import org.entente.directory.NewPerson;
import org.entente.directory.People;
import org.entente.directory.PersonId;
import org.entente.directory.Phase;
import org.entente.directory.Post;
import org.entente.directory.UnitId;
import org.entente.directory.UnitRef;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The people of one member as its software keeps them. A user is an affiliation, never a person: {@code active: false} is a departure from that member, and what
 * the person is elsewhere is neither seen nor touched. Everything goes through the same doors as what an admin types.
 */
@Service
class ScimUsers {

    /** The reason of an end that this software brought about; only such an end is taken back by it. */
    private static final String LEFT = "scim";

    private static final String SHOWN = """
            SELECT u.affiliation, u.user_name, u.external_id, u.made_at, u.changed_at, a.kind, a.function, a.address, a.phone, a.phase, a.reference,
                   a.end_reason, p.id AS person, p.given_name, p.usual_name, p.birth_name, p.birth_date, p.version,
                   s.id IS NOT NULL AND s.unit IS NULL AS in_doubt,
                   CASE WHEN s.unit IS NULL OR s.unit = a.unit THEN s.organization END AS organization,
                   CASE WHEN s.unit IS NULL OR s.unit = a.unit THEN s.division END AS division,
                   CASE WHEN s.id IS NOT NULL AND (s.unit IS NULL OR s.unit = a.unit) THEN s.department ELSE a.unit_name END AS department
            FROM sources.scim_user u JOIN directory.v_source a ON a.id = u.affiliation JOIN directory.v_person p ON p.id = a.person
            LEFT JOIN sources.scim_unit s ON s.id = u.said
            WHERE u.member = :member AND\s""";

    /**
     * A user as the directory has it now.
     *
     * @param unit as the software said it, while that is where the affiliation is or nobody knows yet what it means; else the unit it is in
     * @param inDoubt whether nobody knows yet what the software said
     */
    record Shown(
            UUID id,
            String userName,
            @Nullable String externalId,
            Instant madeAt,
            Instant changedAt,
            String kind,
            String function,
            @Nullable String address,
            @Nullable String phone,
            boolean active,
            @Nullable String endReason,
            @Nullable String reference,
            ScimUnit unit,
            boolean inDoubt,
            PersonId person,
            NewPerson names,
            int personVersion) {}

    record Found(long total, List<Shown> users) {}

    private final JdbcClient jdbc;
    private final People people;
    private final Affiliations affiliations;
    private final ScimUnits units;
    private final Clock clock;

    ScimUsers(JdbcClient jdbc, People people, Affiliations affiliations, ScimUnits units, Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.affiliations = affiliations;
        this.units = units;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Found find(MemberId member, ScimFilter.Said filter, int skip, int count) {
        long total = jdbc.sql("SELECT count(*) FROM (" + SHOWN + filter.sql() + ") found")
                .param("member", member.value())
                .params(filter.params())
                .query(Long.class)
                .single();
        List<Shown> users = count == 0
                ? List.of()
                : jdbc.sql(SHOWN + filter.sql() + " ORDER BY u.affiliation OFFSET :skip LIMIT :count")
                        .param("member", member.value())
                        .params(filter.params())
                        .param("skip", skip)
                        .param("count", count)
                        .query((row, n) -> shown(row))
                        .list();
        return new Found(total, users);
    }

    @Transactional(readOnly = true)
    public Shown get(MemberId member, UUID id) throws ScimException {
        return read(member, id);
    }

    /** What a user should be, from what it is at this moment. */
    interface Wanted {
        ScimUser from(Shown now) throws ScimException;
    }

    /** @param ifMatch the version on which the change was based (RFC 7232, 3.1), or null when the client does not care */
    @Transactional(rollbackFor = ScimException.class)
    public Shown change(ScimCall call, UUID id, @Nullable String ifMatch, Wanted wanted) throws ScimException {
        MemberId member = call.member();
        Author by = call.by();
        Shown before = locked(member, id, ifMatch);
        ScimUser user = wanted.from(before);
        if (user.kind() != null && !user.kind().code().equals(before.kind())) {
            throw BadRequestException.mutability(
                    "userType is said when the user is created: end this one and create another");
        }
        AffiliationId affiliation = new AffiliationId(id);
        Instant now = clock.instant();
        if (user.active()) {
            requireAddressesFree(member, Collections.singletonList(user.email()), before.person());
            if (!before.active() && !LEFT.equals(before.endReason())) {
                throw new ResourceConflictException(
                        "This departure was not this software's: an administrator of the member takes it back, or nobody");
            }
            if (!before.active()) {
                affiliations.reopen(affiliation, null, by);
            }
        }
        NewPerson names = names(user, before.names());
        if (!names.equals(before.names()) && (before.active() || user.active())) {
            people.change(before.person(), names, before.personVersion(), member, by);
        }
        if (before.active() || user.active()) {
            AffiliationCard card = affiliations.card(member, affiliation);
            ScimUnits.Placed placed = placed(call, user, before);
            affiliations.change(affiliation, post(user, card, placed), card.version(), by);
            if (placed != null) {
                jdbc.sql("UPDATE sources.scim_user SET said = ? WHERE affiliation = ?")
                        .params(placed.said(), id)
                        .update();
            }
        }
        if (before.active() && !user.active()) {
            affiliations.end(affiliation, now, LEFT, by);
        }
        try {
            jdbc.sql("""
                    UPDATE sources.scim_user SET user_name = ?, external_id = ?, changed_at = ? WHERE affiliation = ?
                    """)
                    .params(Arrays.asList(user.userName(), user.externalId(), at(now), id))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw taken(user);
        }
        return read(member, id);
    }

    /** Null when the software says nothing new of the unit: what an admin decided since stays. */
    private ScimUnits.@Nullable Placed placed(ScimCall call, ScimUser user, Shown before) throws ScimException {
        return user.unit().equals(before.unit()) && !before.inDoubt()
                ? null
                : units.place(call, List.of(user.unit())).get(user.unit());
    }

    /** The affiliation ends as in any departure and stays in the directory's history; the software no longer sees it. */
    @Transactional(rollbackFor = ScimException.class)
    public void delete(ScimCall call, UUID id, @Nullable String ifMatch) throws ScimException {
        Shown before = locked(call.member(), id, ifMatch);
        if (before.active()) {
            affiliations.end(new AffiliationId(id), clock.instant(), LEFT, call.by());
        }
        jdbc.sql("DELETE FROM sources.scim_user WHERE affiliation = ?")
                .param(id)
                .update();
    }

    private Shown locked(MemberId member, UUID id, @Nullable String ifMatch) throws ScimException {
        jdbc.sql("SELECT affiliation FROM sources.scim_user WHERE affiliation = ? AND member = ? FOR UPDATE")
                .params(id, member.value())
                .query(UUID.class)
                .optional();
        Shown there = read(member, id);
        if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.equals(ScimJson.version(there))) {
            throw new PreconditionFailedException("The user was changed meanwhile: read it again");
        }
        return there;
    }

    private Shown read(MemberId member, UUID id) throws ScimException {
        return read(member, List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException("There is no user " + id));
    }

    /** Those that there are, in no order. */
    List<Shown> read(MemberId member, List<UUID> ids) {
        return jdbc.sql(SHOWN + "u.affiliation IN (SELECT unnest(:ids::uuid[]))")
                .param("member", member.value())
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, n) -> shown(row))
                .list();
    }

    /** Two posts of one person in one member would be two accounts: an admin says which of the two sources keeps it. */
    void requireAddressesFree(MemberId member, List<@Nullable String> addresses, @Nullable PersonId own)
            throws ScimException {
        List<String> taken = jdbc.sql("""
                SELECT a.address FROM unnest(?::text[]) n(address) JOIN directory.v_source a ON a.address = lower(n.address)
                WHERE a.member = ? AND a.phase <> 'ended' AND a.source <> 'scim' AND a.person IS DISTINCT FROM ?::uuid LIMIT 1
                """)
                .params(Arrays.asList(
                        addresses.toArray(String[]::new), member.value(), own == null ? null : own.value()))
                .query(String.class)
                .list();
        if (!taken.isEmpty()) {
            throw ResourceConflictException.uniqueness(
                    "The address " + taken.getFirst()
                            + " is kept in the directory by hand or by the HR import: end that affiliation first, or leave it out here");
        }
    }

    private static ScimException taken(ScimUser user) {
        return ResourceConflictException.uniqueness("userName " + user.userName() + " is taken");
    }

    /** What the software does not know of a person stays as it is. */
    private static NewPerson names(ScimUser user, @Nullable NewPerson before) {
        return new NewPerson(
                user.givenName(),
                user.familyName(),
                before == null ? null : before.birthName(),
                before == null ? null : before.birthDate());
    }

    private static Post post(ScimUser user, AffiliationCard card, ScimUnits.@Nullable Placed placed) {
        UUID said = placed == null ? null : placed.unit();
        UnitRef now = card.unit();
        return new Post(
                user.title() == null ? card.function() : user.title(),
                said != null ? new UnitId(said) : now == null ? null : now.id(),
                user.email(),
                user.phone(),
                card.weeklyShare(),
                card.from(),
                card.until(),
                user.employeeNumber() == null ? card.reference() : user.employeeNumber(),
                card.groups());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(java.time.ZoneOffset.UTC);
    }

    private static Shown shown(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Shown(
                row.getObject("affiliation", UUID.class),
                row.getString("user_name"),
                row.getString("external_id"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getString("kind"),
                row.getString("function"),
                row.getString("address"),
                row.getString("phone"),
                !row.getString("phase").equals(Phase.ENDED.code()),
                row.getString("end_reason"),
                row.getString("reference"),
                new ScimUnit(row.getString("organization"), row.getString("division"), row.getString("department")),
                row.getBoolean("in_doubt"),
                new PersonId(row.getObject("person", UUID.class)),
                new NewPerson(
                        row.getString("given_name"),
                        row.getString("usual_name"),
                        row.getString("birth_name"),
                        row.getObject("birth_date", LocalDate.class)),
                row.getInt("version"));
    }
}
