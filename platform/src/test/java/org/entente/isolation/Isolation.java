package org.entente.isolation;

import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Right;
import org.entente.directory.Role;
import org.entente.directory.UnitId;
import org.entente.testing.TestActors;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every endpoint × every role × own and other member, with ids that belong to the other member: answers exactly what
 * {@link Actor#may} says, never fails, never shows or changes anything of another member under one's own. Generated: endpoints that
 * are added later are tried without anybody thinking of it.
 */
@AutoConfigureMockMvc
abstract class Isolation {

    /** In every text of the other member: seen in an answer about one's own, something leaks. */
    private static final String SECRET = "Zzyzx";

    @Autowired
    MockMvc mvc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    TestActors actors;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    private MemberId own;
    private MemberId other;
    private Samples foreign;
    private final Map<String, Who> roles = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** Somebody to act as; {@code ended}: in a capacity that has just ended. */
    private record Who(AffiliationId capacity, Actor actor, boolean ended) {}

    @BeforeEach
    void twoMembersAndEveryRole() {
        own = actors.member("Own town");
        other = actors.member(SECRET + " town");
        UUID unit = jdbc.sql("INSERT INTO directory.unit (member, name) VALUES (?, ?) RETURNING id")
                .params(other.value(), SECRET + " unit")
                .query(UUID.class)
                .single();
        String domain = SECRET.toLowerCase(java.util.Locale.ROOT) + ".example";
        jdbc.sql("INSERT INTO directory.mail_domain (domain, member) VALUES (?, ?)")
                .params(domain, other.value())
                .update();
        PersonId person = actors.person(SECRET, SECRET);
        AffiliationId affiliation = actors.affiliation(person, other, Role.MEMBER_HR);
        jdbc.sql("UPDATE directory.affiliation SET function = ?, unit = ?, address = ? WHERE id = ?")
                .params(SECRET, unit, "p@" + domain, affiliation.value())
                .update();
        foreign = new Samples(other, person, affiliation, new UnitId(unit), domain, filesOf(affiliation));

        moneyOfTheOther();

        who("person", own, false);
        who("auditor", own, false, Role.AUDITOR);
        who("member_hr", own, false, Role.MEMBER_HR);
        who("member_admin", own, false, Role.MEMBER_ADMIN);
        who("admin whose capacity ended", own, true, Role.MEMBER_ADMIN);
        who("operator's auditor", actors.operator(), false, Role.AUDITOR);
        who("operator_admin", actors.operator(), false, Role.OPERATOR_ADMIN);
        roles.put("anonymous", new Who(affiliation, null, false));
    }

    /** A folder in the own space of somebody of the other member. */
    private Samples.Held filesOf(AffiliationId affiliation) {
        return jdbc.sql("""
                        WITH ids AS (SELECT uuidv7() AS space, uuidv7() AS root, uuidv7() AS node),
                        opened AS (INSERT INTO files.space (id, kind, member, capacity, name, root)
                            SELECT space, 'mine', :member, :capacity, :name, root FROM ids),
                        made AS (INSERT INTO files.node (id, space, parent, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                            SELECT root, space, NULL, space::text, true, now(), now(), now(), :capacity, 1, 1 FROM ids
                            UNION ALL SELECT node, space, root, :name, true, now(), now(), now(), :capacity, 1, 1 FROM ids),
                        given AS (INSERT INTO files.share (node, to_key, role) SELECT root, 'c:' || :capacity::text, 'manage' FROM ids)
                        SELECT space, node FROM ids""")
                .param("member", other.value())
                .param("capacity", affiliation.value())
                .param("name", SECRET)
                .query(Samples.Held.class)
                .single();
    }

    /** What the other member shares, owes, has paid and backs. */
    private void moneyOfTheOther() {
        UUID key = jdbc.sql(
                        "INSERT INTO pooling.cost_key (name, formula) VALUES (?, '{\"key\": \"equal\"}') RETURNING id")
                .param(SECRET)
                .query(UUID.class)
                .single();
        UUID agreement = jdbc.sql(
                        "INSERT INTO pooling.agreement (number, starts_on) VALUES (?, '2026-01-01') RETURNING id")
                .param(SECRET)
                .query(UUID.class)
                .single();
        jdbc.sql("""
                        INSERT INTO pooling.amendment (agreement, number, effective_on, title, notice_months, renewal, cost_key)
                        VALUES (?, 0, '2026-01-01', ?, 6, 'none', ?)""").params(agreement, SECRET, key).update();
        jdbc.sql("INSERT INTO pooling.party (agreement, member, since) VALUES (?, ?, '2026-01-01')")
                .params(agreement, other.value())
                .update();
        jdbc.sql(
                        "INSERT INTO pooling.budget_line (label, agreement, nature, first_year, amount) VALUES (?, ?, 'running', 2026, 100)")
                .params(SECRET, agreement)
                .update();
        jdbc.sql(
                        "INSERT INTO pooling.payment (member, year, amount, received_on, note) VALUES (?, 2026, 1, '2026-02-01', ?)")
                .params(other.value(), SECRET)
                .update();
        jdbc.sql("INSERT INTO pooling.usage_month VALUES ('2026-01-01', 'accounts', 'mail', ?, 1, 1, '2026-01-31', 1)")
                .param(other.value())
                .update();
    }

    private void who(String name, MemberId member, boolean ended, Role... granted) {
        AffiliationId capacity = actors.affiliation(member, granted);
        boolean operator = member.equals(actors.operator());
        roles.put(
                name,
                new Who(
                        capacity,
                        new Actor(actors.personOf(capacity), name, capacity, member, operator, Set.of(granted), null),
                        ended));
        if (ended) {
            actors.affiliation(actors.personOf(capacity), member); // the person lives on elsewhere
            actors.ended(capacity);
        }
    }

    /** Endpoints of the application, found by themselves. */
    List<Endpoint> endpoints() {
        return Endpoint.all(mapping).stream()
                .filter(endpoint -> !endpoint.pattern().startsWith("/console/")) // no session: a secret, over loopback
                .toList();
    }

    /** What is wrong with these endpoints, as everybody and for either member. */
    List<String> faultsOf(List<Endpoint> endpoints) throws Exception {
        failures.clear();
        for (Map.Entry<String, Who> role : roles.entrySet()) {
            String untouched = stateOfTheOther();
            boolean mayChangeTheOther = role.getKey().equals("operator_admin");
            for (Endpoint endpoint : endpoints) {
                for (MemberId target : endpoint.ofAMember() ? List.of(own, other) : List.of(own)) {
                    call(role.getKey(), role.getValue(), endpoint, target);
                }
                if (!mayChangeTheOther && !stateOfTheOther().equals(untouched)) {
                    failures.add(endpoint + " as " + role.getKey() + ": changed the other member");
                    untouched = stateOfTheOther();
                }
            }
        }
        return failures;
    }

    private void call(String role, Who who, Endpoint endpoint, MemberId target) throws Exception {
        boolean own = target.equals(this.own);
        MvcResult result = mvc.perform(
                        ((org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder<?>)
                                        endpoint.call(target, foreign, json))
                                .with(identity(who)))
                .andReturn();
        if (result.getRequest().isAsyncStarted()) {
            result = mvc.perform(MockMvcRequestBuilders.asyncDispatch(result)).andReturn();
        }
        MockHttpServletResponse answer = result.getResponse();
        int status = answer.getStatus();
        int denied = denied(who, endpoint, target);
        String call =
                endpoint + " as " + role + (endpoint.ofAMember() ? own ? " on own member" : " on other member" : "");
        String said = answer.getContentAsString();
        String told = "answered " + status + " " + said.substring(0, Math.min(said.length(), 160));
        if (denied != 0 && status == 303 && isAPage(endpoint, answer)) {
            return; // a page sends to where one signs in or chooses, instead of a problem document
        }
        if (denied != 0 && status != denied) {
            failures.add(call + ": expected " + denied + ", " + told);
        } else if (denied == 0 && (status == 401 || status >= 500 && !(status == 503 && said.contains("\"code\"")))) {
            failures.add(call + ": should be answered, " + told);
        } else if (denied == 0 && status == 403 && said.contains("\"forbidden\"")) {
            failures.add(call + ": should be allowed, " + told);
        } else if ((endpoint.ofAMember() && own
                        || endpoint.pattern().startsWith("/api/files/")
                        || endpoint.pattern().startsWith("/api/office/"))
                && said.contains(SECRET)) {
            failures.add(call + ": shows the other member, " + told);
        }
    }

    private static boolean isAPage(Endpoint endpoint, MockHttpServletResponse answer) {
        String location = answer.getHeader("Location");
        return !endpoint.pattern().startsWith("/api/")
                && location != null
                && (location.equals("/") || location.startsWith("/?") || location.startsWith("/sign-in"));
    }

    /** The status that refuses this call, or 0 when it is to be let through. */
    private int denied(Who who, Endpoint endpoint, MemberId target) {
        Right right = endpoint.right();
        if (right == Right.PUBLIC) {
            boolean bearsItsOwn = endpoint.pattern().startsWith("/basic/")
                    || endpoint.pattern().startsWith("/scim/")
                    || endpoint.pattern().startsWith("/engine/");
            return bearsItsOwn ? 401 : 0;
        }
        if (who.actor() == null) {
            return 401;
        }
        if (right == Right.SIGNED_IN) {
            return 0;
        }
        if (who.ended()) {
            return 409;
        }
        return who.actor().may(right, right.ofAMember() ? target : null) ? 0 : 403;
    }

    private RequestPostProcessor identity(Who who) {
        if (who.actor() != null) {
            return actors.signIn(who.capacity()); // a new session a call: some calls end it
        }
        return request -> {
            request.setCookies(new Cookie("XSRF-TOKEN", "anonymous"));
            request.addHeader("X-XSRF-TOKEN", "anonymous");
            return request;
        };
    }

    private String stateOfTheOther() {
        return jdbc.sql("""
                        SELECT md5(concat(
                            (SELECT string_agg(a::text, ',' ORDER BY a.id) FROM directory.affiliation a WHERE a.member = :other),
                            (SELECT string_agg(r::text, ',' ORDER BY r.role) FROM directory.role_grant r WHERE r.affiliation = :affiliation),
                            (SELECT string_agg(u::text, ',' ORDER BY u.id) FROM directory.unit u WHERE u.member = :other),
                            (SELECT string_agg(d::text, ',' ORDER BY d.domain) FROM directory.mail_domain d WHERE d.member = :other),
                            (SELECT m::text FROM directory.member m WHERE m.id = :other),
                            (SELECT string_agg(n::text, ',' ORDER BY n.id) FROM files.node n WHERE n.space = :space),
                            (SELECT string_agg(s::text, ',' ORDER BY s.id) FROM files.share s JOIN files.node n ON n.id = s.node WHERE n.space = :space),
                            (SELECT string_agg(p::text, ',' ORDER BY p.id) FROM pooling.payment p WHERE p.member = :other),
                            (SELECT string_agg(p::text, ',' ORDER BY p.agreement, p.since) FROM pooling.party p WHERE p.member = :other),
                            (SELECT string_agg(b::text, ',' ORDER BY b.request) FROM pooling.backing b WHERE b.member = :other),
                            (SELECT p::text FROM directory.person p WHERE p.id = :person)))""")
                .param("other", other.value())
                .param("space", foreign.files().space())
                .param("affiliation", foreign.affiliation().value())
                .param("person", foreign.person().value())
                .query(String.class)
                .single();
    }
}
