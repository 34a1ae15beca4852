package org.entente.dav.ocs;

import static org.entente.dav.ocs.Ocs.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.DirectorySearch;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** With whom one may share, while somebody types: people in each of their capacities, as the directory shows them to everyone, and units of one's own member. */
@Component
class Sharees implements OcsEndpoint {

    static final int USER = 0;
    static final int GROUP = 1;
    static final int LINK = 3;

    private static final int MOST = 20;
    private static final int LONGEST = 100;

    private final DirectorySearch directory;
    private final JdbcClient jdbc;

    Sharees(DirectorySearch directory, JdbcClient jdbc) {
        this.directory = directory;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Object> answer(OcsCall call) {
        if (!call.is("GET", "apps", "files_sharing", "api", "v1", "sharees")) {
            return Optional.empty();
        }
        demandMoreThanInvited(call);
        String q = call.parameter("search").orElse("").strip();
        boolean more = call.parameter("page").orElse("1").equals("1");
        boolean ask = !q.isEmpty() && q.length() <= LONGEST && more;
        Map<String, @Nullable Object> answer =
                kinds(ask ? people(call, q) : List.of(), ask ? units(call, q) : List.of());
        answer.put("exact", kinds(List.of(), List.of()));
        answer.put("lookup", List.of());
        answer.put("lookupEnabled", false);
        return Optional.of(answer);
    }

    /** Who is there by an invitation to a space only does not see who else there is. */
    private void demandMoreThanInvited(OcsCall call) {
        if (jdbc.sql("SELECT EXISTS (SELECT FROM directory.v_affiliation WHERE id = ? AND source = 'invitation')")
                .param(call.visitor().capacity().value())
                .query(Boolean.class)
                .single()) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "invited.only");
        }
    }

    private static Map<String, @Nullable Object> kinds(List<Object> users, List<Object> groups) {
        return map(
                "users",
                users,
                "groups",
                groups,
                "remotes",
                List.of(),
                "remote_groups",
                List.of(),
                "emails",
                List.of(),
                "circles",
                List.of(),
                "rooms",
                List.of());
    }

    private List<Object> people(OcsCall call, String q) {
        List<Object> found = new ArrayList<>();
        for (DirectorySearch.Entry entry : directory.suggest(q, MOST)) {
            String name = entry.person().givenName() + " " + entry.person().usualName();
            entry.affiliations().stream()
                    .filter(one -> !one.id().equals(call.visitor().capacity()))
                    .forEach(one -> found.add(sharee(
                            USER,
                            one.id().toString(),
                            name,
                            one.function() + ", " + one.member().name())));
        }
        return found;
    }

    private List<Object> units(OcsCall call, String q) {
        record Unit(UUID id, String name) {}
        return jdbc
                .sql("""
                        SELECT id, name FROM directory.v_unit_name
                        WHERE member = :member AND NOT closed AND strpos(plain, base.plain(:q)) > 0 ORDER BY strpos(plain, base.plain(:q)), plain, id LIMIT :most""")
                .param("member", call.visitor().member().value())
                .param("q", q)
                .param("most", MOST)
                .query((row, n) -> new Unit(row.getObject("id", UUID.class), row.getString("name")))
                .list()
                .stream()
                .<Object>map(unit -> sharee(GROUP, unit.id().toString(), unit.name(), ""))
                .toList();
    }

    private static Map<String, @Nullable Object> sharee(int type, String id, String label, String detail) {
        return map(
                "label",
                detail.isEmpty() ? label : label + " (" + detail + ")",
                "name",
                label,
                "subline",
                detail,
                "shareWithDisplayNameUnique",
                detail,
                "icon",
                type == USER ? "icon-user" : "icon-group",
                "value",
                map("shareType", type, "shareWith", id));
    }
}
