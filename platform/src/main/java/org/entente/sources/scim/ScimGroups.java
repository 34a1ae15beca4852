package org.entente.sources.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.audit.Author;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The groups of one member as its software keeps them. Who is in one is a group of the affiliation in the directory, so a member subscribes to a
 * service for a group of its own software.
 */
@Service
class ScimGroups {

    private final JdbcClient jdbc;
    private final Affiliations affiliations;
    private final Clock clock;

    ScimGroups(JdbcClient jdbc, Affiliations affiliations, Clock clock) {
        this.jdbc = jdbc;
        this.affiliations = affiliations;
        this.clock = clock;
    }

    record In(UUID user, String name) {}

    /** A group, and who of the users that the software knows is in it now. */
    record Shown(
            UUID id,
            String displayName,
            @Nullable String externalId,
            Instant madeAt,
            Instant changedAt,
            List<In> members) {

        private Set<AffiliationId> users() {
            return members.stream().map(one -> new AffiliationId(one.user())).collect(Collectors.toSet());
        }
    }

    record Found(long total, List<Shown> groups) {}

    /** What a group should be, from what it is at this moment. */
    interface Wanted {
        ScimGroup from(Shown now) throws ScimException;
    }

    @Transactional(readOnly = true)
    public Found find(MemberId member, ScimFilter.Said filter, int skip, int count) {
        String where = "FROM sources.scim_group g WHERE g.member = :member AND " + filter.sql();
        long total = jdbc.sql("SELECT count(*) " + where)
                .param("member", member.value())
                .params(filter.params())
                .query(Long.class)
                .single();
        List<UUID> page = count == 0
                ? List.of()
                : jdbc.sql("SELECT g.id " + where + " ORDER BY g.id OFFSET :skip LIMIT :count")
                        .param("member", member.value())
                        .params(filter.params())
                        .param("skip", skip)
                        .param("count", count)
                        .query(UUID.class)
                        .list();
        return new Found(total, read(member, page));
    }

    @Transactional(readOnly = true)
    public Shown get(MemberId member, UUID id) throws ScimException {
        return one(member, id);
    }

    @Transactional(rollbackFor = ScimException.class)
    public Shown create(MemberId member, ScimGroup group, Author by) throws ScimException {
        UUID id;
        try {
            id = jdbc.sql("""
                            INSERT INTO sources.scim_group (member, display_name, external_id, made_at, changed_at) VALUES (?, ?, ?, ?, ?)
                            RETURNING id""")
                    .params(Arrays.asList(member.value(), group.displayName(), group.externalId(), now(), now()))
                    .query(UUID.class)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw taken(group);
        }
        // People who are in a group of this name already, by hand, are in it unless the software says otherwise.
        bring(member, one(member, id), group, by);
        return one(member, id);
    }

    /** @param ifMatch the version on which the change was based, or null when the client does not care */
    @Transactional(rollbackFor = ScimException.class)
    public Shown change(MemberId member, UUID id, @Nullable String ifMatch, Wanted wanted, Author by)
            throws ScimException {
        Shown before = locked(member, id, ifMatch);
        ScimGroup group = wanted.from(before);
        try {
            jdbc.sql("UPDATE sources.scim_group SET display_name = ?, external_id = ?, changed_at = ? WHERE id = ?")
                    .params(Arrays.asList(group.displayName(), group.externalId(), now(), id))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw taken(group);
        }
        bring(member, before, group, by);
        return one(member, id);
    }

    /** Nobody is in it any more; what was given for it goes with it. */
    @Transactional(rollbackFor = ScimException.class)
    public void delete(MemberId member, UUID id, @Nullable String ifMatch, Author by) throws ScimException {
        Shown before = locked(member, id, ifMatch);
        affiliations.regroup(member, before.displayName(), before.users(), before.displayName(), List.of(), by);
        jdbc.sql("DELETE FROM sources.scim_group WHERE id = ?").param(id).update();
    }

    private void bring(MemberId member, Shown before, ScimGroup group, Author by) throws ScimException {
        Set<AffiliationId> were = before.users();
        Set<AffiliationId> come = new HashSet<>(group.members());
        come.removeAll(were);
        mustBeUsers(member, come);
        boolean renamed = !before.displayName().equals(group.displayName());
        Set<AffiliationId> leave = new HashSet<>(were);
        if (!renamed) {
            leave.removeAll(group.members());
        }
        Set<AffiliationId> join = renamed ? group.members() : come;
        if (!leave.isEmpty() || !join.isEmpty()) {
            affiliations.regroup(member, before.displayName(), leave, group.displayName(), join, by);
        }
    }

    private void mustBeUsers(MemberId member, Collection<AffiliationId> asked) throws ScimException {
        List<UUID> strangers = jdbc.sql("""
                        SELECT n.id FROM unnest(?::uuid[]) n(id)
                        LEFT JOIN (sources.scim_user u JOIN directory.v_source a ON a.id = u.affiliation AND a.phase <> 'ended')
                          ON u.affiliation = n.id AND u.member = ?
                        WHERE u.affiliation IS NULL LIMIT 1""")
                .params(asked.stream().map(AffiliationId::value).toArray(UUID[]::new), member.value())
                .query(UUID.class)
                .list();
        if (!strangers.isEmpty()) {
            throw BadRequestException.invalidValue("members: there is no active user " + strangers.getFirst());
        }
    }

    private Shown locked(MemberId member, UUID id, @Nullable String ifMatch) throws ScimException {
        jdbc.sql("SELECT id FROM sources.scim_group WHERE id = ? AND member = ? FOR UPDATE")
                .params(id, member.value())
                .query(UUID.class)
                .optional();
        Shown there = one(member, id);
        if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.equals(ScimJson.version(there))) {
            throw new PreconditionFailedException("The group was changed meanwhile: read it again");
        }
        return there;
    }

    private Shown one(MemberId member, UUID id) throws ScimException {
        List<Shown> found = read(member, List.of(id));
        if (found.isEmpty()) {
            throw new ResourceNotFoundException("There is no group " + id);
        }
        return found.getFirst();
    }

    private List<Shown> read(MemberId member, List<UUID> ids) {
        Map<UUID, Shown> all = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT g.id, g.display_name, g.external_id, g.made_at, g.changed_at, i.affiliation, i.name
                        FROM unnest(:ids::uuid[]) n(id) JOIN sources.scim_group g ON g.id = n.id AND g.member = :member
                        LEFT JOIN (SELECT u.affiliation, a.groups, p.given_name || ' ' || p.usual_name AS name FROM sources.scim_user u
                                   JOIN directory.v_source a ON a.id = u.affiliation AND a.phase <> 'ended'
                                   JOIN directory.v_person p ON p.id = a.person WHERE u.member = :member AND a.groups <> '{}') i
                          ON g.display_name = ANY(i.groups)
                        ORDER BY g.id, i.affiliation""")
                .param("ids", ids.toArray(UUID[]::new))
                .param("member", member.value())
                .query(row -> {
                    UUID id = row.getObject(1, UUID.class);
                    Shown group = all.get(id);
                    if (group == null) {
                        group = new Shown(
                                id,
                                row.getString(2),
                                row.getString(3),
                                row.getObject(4, OffsetDateTime.class).toInstant(),
                                row.getObject(5, OffsetDateTime.class).toInstant(),
                                new ArrayList<>());
                        all.put(id, group);
                    }
                    UUID user = row.getObject(6, UUID.class);
                    if (user != null) {
                        group.members().add(new In(user, row.getString(7)));
                    }
                });
        return List.copyOf(all.values());
    }

    private static ScimException taken(ScimGroup group) {
        return ResourceConflictException.uniqueness("displayName " + group.displayName() + " is taken");
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
