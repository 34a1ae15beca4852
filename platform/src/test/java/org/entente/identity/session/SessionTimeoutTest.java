package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.entente.base.Secret;
import org.entente.directory.AffiliationId;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest(properties = {"entente.session.idle=2h", "entente.session.absolute=12h"})
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class SessionTimeoutTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    SessionStore sessions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aSessionLeftAloneTooLongIsOverAndOneInUseIsNot() throws Exception {
        TestSession left = somebody();
        TestSession used = somebody();
        ago(left, "seen_at", "2 hours 1 minute");
        ago(used, "seen_at", "1 hour 50 minutes");

        assertThat(me(left)).isEqualTo(401);
        assertThat(me(used)).isEqualTo(200);

        // The request itself was a use: the two hours begin anew.
        assertThat(seen(used)).isAfter(OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(30));
        sessions.forgetExpired();
        assertThat(rows(left)).isZero();
        assertThat(rows(used)).isOne();
    }

    @Test
    void whatAPageAsksByItselfKeepsNoSessionAlive() throws Exception {
        TestSession session = somebody();
        ago(session, "seen_at", "1 hour 50 minutes");

        mvc.perform(get("/api/notices").header("X-Background", "true").with(session))
                .andExpect(status().isOk());

        assertThat(seen(session)).isBefore(OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(100));
        ago(session, "seen_at", "2 hours 1 minute");
        assertThat(me(session)).isEqualTo(401);
    }

    @Test
    void aSessionEndsAfterItsLongestTimeHoweverMuchItIsUsed() throws Exception {
        TestSession session = somebody();
        assertThat(me(session)).isEqualTo(200);
        ago(session, "expires_at", "1 second");

        assertThat(me(session)).isEqualTo(401);

        sessions.forgetExpired();
        assertThat(rows(session)).isZero();
    }

    @Test
    void aNewSessionMayLiveItsLongestTimeAndNoLonger() {
        AffiliationId capacity = actors.affiliation(actors.member("Givors"));

        String secret = sessions.start(
                        actors.personOf(capacity),
                        capacity,
                        new SessionStore.Origin(null, null, "Test", null, Reach.EVERYWHERE))
                .secret();

        assertThat(jdbc.sql(
                                "SELECT expires_at - started_at = interval '12 hours' FROM identity.session WHERE secret = ?")
                        .param(Secret.kept(secret))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private TestSession somebody() {
        return actors.signIn(actors.affiliation(actors.member("Givors")));
    }

    private int me(TestSession session) throws Exception {
        return mvc.perform(get("/api/me").with(session))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    private void ago(TestSession session, String column, String time) {
        jdbc.sql("UPDATE identity.session SET %s = now() - ?::interval WHERE secret = ?".formatted(column))
                .params(time, Secret.kept(session.secret()))
                .update();
    }

    private OffsetDateTime seen(TestSession session) {
        return jdbc.sql("SELECT seen_at FROM identity.session WHERE secret = ?")
                .param(Secret.kept(session.secret()))
                .query(OffsetDateTime.class)
                .single();
    }

    private long rows(TestSession session) {
        return jdbc.sql("SELECT count(*) FROM identity.session WHERE secret = ?")
                .param(Secret.kept(session.secret()))
                .query(Long.class)
                .single();
    }
}
