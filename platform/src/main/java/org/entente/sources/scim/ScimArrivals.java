package org.entente.sources.scim;

import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.entente.audit.Author;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationKind;
import org.entente.directory.Affiliations;
import org.entente.directory.MemberId;
import org.entente.directory.NewAffiliation;
import org.entente.directory.NewPerson;
import org.entente.directory.People;
import org.entente.directory.PersonId;
import org.entente.directory.Post;
import org.entente.directory.UnitId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** New users of one member's software become affiliations: one or hundreds in the same handful of statements, all of them or none. */
@Service
class ScimArrivals {

    private static final String SOURCE = "scim";
    private static final String NO_FUNCTION = "Agent";

    private final JdbcClient jdbc;
    private final People people;
    private final Affiliations affiliations;
    private final ScimUsers users;
    private final ScimUnits units;
    private final Clock clock;

    ScimArrivals(
            JdbcClient jdbc, People people, Affiliations affiliations, ScimUsers users, ScimUnits units, Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.affiliations = affiliations;
        this.users = users;
        this.units = units;
        this.clock = clock;
    }

    /** In the order given: all of them, or none. */
    @Transactional(rollbackFor = ScimException.class)
    public List<ScimUsers.Shown> createAll(ScimCall call, List<ScimUser> asked) throws ScimException {
        MemberId member = call.member();
        Author by = call.by();
        users.requireAddressesFree(member, asked.stream().map(ScimUser::email).toList(), null);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<ScimUnit, ScimUnits.Placed> placed =
                units.place(call, asked.stream().map(ScimUser::unit).toList());
        List<PersonId> persons = persons(member, asked, by);
        List<NewAffiliation> news = new ArrayList<>();
        for (int at = 0; at < asked.size(); at++) {
            ScimUser user = asked.get(at);
            AffiliationKind kind = user.kind() == null ? AffiliationKind.AGENT : user.kind();
            news.add(new NewAffiliation(
                    persons.get(at), member, kind, post(user, placed.get(user.unit()), now), SOURCE));
        }
        List<UUID> made = affiliations.startAll(news, "manual", by).stream()
                .map(AffiliationId::value)
                .toList();
        note(member, made, asked, placed, now);
        Map<UUID, ScimUsers.Shown> shown =
                users.read(member, made).stream().collect(Collectors.toMap(ScimUsers.Shown::id, Function.identity()));
        return made.stream().map(shown::get).toList();
    }

    private void note(
            MemberId member, List<UUID> made, List<ScimUser> asked, Map<ScimUnit, ScimUnits.Placed> placed, Instant now)
            throws ScimException {
        try {
            jdbc.sql("""
                            INSERT INTO sources.scim_user (affiliation, member, user_name, external_id, said, made_at, changed_at)
                            SELECT n.id, :member, n.name, n.external, n.said, :now, :now
                            FROM unnest(:ids::uuid[], :names::text[], :externals::text[], :said::uuid[]) AS n(id, name, external, said)""")
                    .param("member", member.value())
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("ids", made.toArray(UUID[]::new))
                    .param("names", column(asked, ScimUser::userName))
                    .param("externals", column(asked, ScimUser::externalId))
                    .param("said", column(asked, user -> said(placed.get(user.unit()))))
                    .update();
        } catch (DuplicateKeyException taken) {
            String names = asked.stream().map(ScimUser::userName).limit(3).collect(Collectors.joining(", "));
            throw ResourceConflictException.uniqueness("userName " + names + " is taken");
        }
    }

    private List<PersonId> persons(MemberId member, List<ScimUser> asked, Author by) {
        Map<Integer, PersonId> known = formerly(member, asked);
        List<NewPerson> unknown = new ArrayList<>();
        for (int at = 0; at < asked.size(); at++) {
            if (!known.containsKey(at)) {
                ScimUser user = asked.get(at);
                unknown.add(new NewPerson(user.givenName(), user.familyName(), null, null));
            }
        }
        Iterator<PersonId> added = unknown.isEmpty()
                ? Collections.emptyIterator()
                : people.addAll(unknown, member, by).iterator();
        List<PersonId> persons = new ArrayList<>();
        for (int at = 0; at < asked.size(); at++) {
            PersonId person = known.get(at);
            persons.add(person == null ? added.next() : person);
        }
        return persons;
    }

    /** Who had this address and this name in this member before has come back. By address alone, or from elsewhere, nobody is recognised. */
    private Map<Integer, PersonId> formerly(MemberId member, List<ScimUser> asked) {
        Map<Integer, PersonId> known = new HashMap<>();
        jdbc.sql("""
                        SELECT DISTINCT ON (n.at) n.at, p.id
                        FROM unnest(:addresses::text[], :given::text[], :family::text[]) WITH ORDINALITY AS n(address, given, family, at)
                        JOIN directory.v_source a ON a.address = lower(n.address) AND a.member = :member
                        JOIN directory.v_person p ON p.id = a.person
                        WHERE base.plain(p.given_name) = base.plain(n.given) AND base.plain(p.usual_name) = base.plain(n.family)
                        ORDER BY n.at, a.id DESC""")
                .param("addresses", column(asked, ScimUser::email))
                .param("given", column(asked, ScimUser::givenName))
                .param("family", column(asked, ScimUser::familyName))
                .param("member", member.value())
                .query(row -> {
                    known.put(row.getInt(1) - 1, new PersonId(row.getObject(2, UUID.class)));
                });
        return known;
    }

    private static @Nullable String said(ScimUnits.@Nullable Placed placed) {
        return placed == null ? null : placed.said().toString();
    }

    private static Post post(ScimUser user, ScimUnits.@Nullable Placed placed, Instant now) {
        UUID unit = placed == null ? null : placed.unit();
        return new Post(
                user.title() == null ? NO_FUNCTION : user.title(),
                unit == null ? null : new UnitId(unit),
                user.email(),
                user.phone(),
                null,
                now,
                user.active() ? null : now,
                user.employeeNumber(),
                List.of());
    }

    private static String[] column(List<ScimUser> asked, Function<ScimUser, @Nullable String> value) {
        return asked.stream().map(value).toArray(String[]::new);
    }
}
