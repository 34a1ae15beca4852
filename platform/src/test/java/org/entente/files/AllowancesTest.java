package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.LocalDate;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** How much a member, and each of its spaces, may keep. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestS3.class, TestActors.class, FilesTown.class})
class AllowancesTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    FilesTown town;

    @Autowired
    Allowances allowances;

    @Autowired
    JdbcClient jdbc;

    MemberId givors;
    Visitor anne;
    Visitor admin;

    @BeforeEach
    void aTownWithAnAdministrator() {
        givors = town.member("Givors");
        anne = town.agent(givors, "Anne", null);
        admin = town.agent(givors, "Pierre", null);
        jdbc.sql("INSERT INTO directory.role_grant (affiliation, role) VALUES (?, ?)")
                .params(admin.capacity().value(), Role.MEMBER_ADMIN.code())
                .update();
    }

    private ResultActions asAdmin(MockHttpServletRequestBuilder call) throws Exception {
        return mvc.perform(call.contentType(MediaType.APPLICATION_JSON).with(actors.signIn(admin.capacity())));
    }

    private void agreed(@Nullable Long gigabytes, LocalDate from, @Nullable LocalDate until) {
        UUID agreement = jdbc.sql(
                        "INSERT INTO pooling.agreement (number, starts_on) VALUES (gen_random_uuid()::text, ?) RETURNING id")
                .param(from)
                .query(UUID.class)
                .single();
        jdbc.sql("""
                        INSERT INTO pooling.amendment (agreement, number, effective_on, title, ends_on, notice_months, renewal)
                        VALUES (:id, 0, :from, 'Fichiers', :until::date, 6, 'none')""")
                .param("id", agreement)
                .param("from", from)
                .param("until", until)
                .update();
        jdbc.sql(
                        "INSERT INTO pooling.amendment_service (agreement, number, service, storage_gb) VALUES (:id, 0, 'files', :gb::bigint)")
                .param("id", agreement)
                .param("gb", gigabytes)
                .update();
        jdbc.sql("INSERT INTO pooling.party (agreement, member, since) VALUES (?, ?, ?)")
                .params(agreement, givors.value(), from)
                .update();
    }

    private @Nullable Long bound() {
        allowances.readAgreements();
        return allowances.of(givors).agreed();
    }

    @Test
    void agreementsInForceSayHowMuchAMemberMayKeep() {
        LocalDate today = LocalDate.now();
        assertThat(bound()).isNull();

        agreed(200L, today.minusYears(1), null);
        agreed(50L, today.minusDays(1), today.plusDays(1));
        agreed(900L, today.plusDays(1), null);
        agreed(700L, today.minusYears(1), today.minusDays(1));

        assertThat(bound()).isEqualTo(250_000_000_000L);
    }

    @Test
    void anAgreementWithoutABoundSetsNone() {
        agreed(200L, LocalDate.now().minusDays(3), null);
        agreed(null, LocalDate.now().minusDays(3), null);

        assertThat(bound()).isNull();
    }

    @Test
    void whatIsBeyondTheAgreementIsRefusedAndLessMayStillBeKept() throws Exception {
        agreed(1L, LocalDate.now().minusDays(3), null);
        Visitor luc = town.agent(givors, "Luc", null);
        town.write(anne, town.home(anne), "a.txt", "123456");
        assertThat(bound()).isEqualTo(1_000_000_000L);
        jdbc.sql("UPDATE files.allowance SET used = 999999990 WHERE member = ?")
                .param(givors.value())
                .update();

        assertThatThrownBy(() -> town.write(luc, town.home(luc), "b.txt", "12345678901"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("file.quota"));
        assertThat(town.write(luc, town.home(luc), "b.txt", "1234567890").size())
                .isEqualTo(10);
    }

    @Test
    void anAdministratorSaysHowMuchTheSpacesOfAKindAndOneAloneMayHold() throws Exception {
        town.write(anne, town.home(anne), "a.txt", "123456");
        String space = town.space(anne, FileSpace.Kind.MINE).id().toString();

        asAdmin(put("/api/members/{m}/files/allowance", givors)
                        .content("{\"mine\": 5, \"unit\": 1000, \"member\": null, \"shared\": 0}"))
                .andExpect(status().isNoContent());

        asAdmin(get("/api/members/{m}/files/allowance", givors))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.used").value(6))
                .andExpect(jsonPath("$.own.mine").value(5))
                .andExpect(jsonPath("$.own.member").isEmpty())
                .andExpect(jsonPath("$.usual.member").value(100_000_000_000L));
        assertThatThrownBy(() -> town.write(anne, town.home(anne), "b.txt", "1"))
                .isInstanceOf(Refusal.class);

        asAdmin(put("/api/members/{m}/files/spaces/{s}/quota", givors, space).content("{\"bytes\": 7}"))
                .andExpect(status().isNoContent());

        assertThat(town.write(anne, town.home(anne), "b.txt", "1").size()).isEqualTo(1);
        asAdmin(get("/api/members/{m}/files/spaces", givors).param("q", "anne"))
                .andExpect(jsonPath("$.items[*].kind", contains("mine")))
                .andExpect(jsonPath("$.items[0].used").value(7))
                .andExpect(jsonPath("$.items[0].allowed").value(7))
                .andExpect(jsonPath("$.items[0].quota").value(7));
        assertThat(jdbc.sql("SELECT act FROM audit.v_entry WHERE member = ? AND act LIKE 'file-%' ORDER BY id")
                        .param(givors.value())
                        .query(String.class)
                        .list())
                .containsExactly("file-allowance.changed", "file-space.quota");
    }

    @Test
    void sayingTheSameAgainIsNoAct() throws Exception {
        for (int time = 0; time < 2; time++) {
            asAdmin(put("/api/members/{m}/files/allowance", givors).content("{\"mine\": 5}"))
                    .andExpect(status().isNoContent());
        }

        assertThat(jdbc.sql("SELECT count(*) FROM audit.v_entry WHERE member = ? AND act = 'file-allowance.changed'")
                        .param(givors.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"mine\": -1}", "{\"shared\": 1000000000000001}"})
    void aRoomThatCannotBeIsRefused(String body) throws Exception {
        asAdmin(put("/api/members/{m}/files/allowance", givors).content(body))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.code").exists());
    }

    @Test
    void aSpaceOfAnotherMemberIsUnknownHere() throws Exception {
        Visitor zoe = town.agent(town.member("Corbas"), "Zoé", null);
        String theirs = town.space(zoe, FileSpace.Kind.MINE).id().toString();

        asAdmin(put("/api/members/{m}/files/spaces/{s}/quota", givors, theirs).content("{\"bytes\": 0}"))
                .andExpect(status().isNotFound());
        asAdmin(get("/api/members/{m}/files/spaces", givors).param("q", "zoé"))
                .andExpect(jsonPath("$.items", hasSize(0)));
    }

    @Test
    void whoHasNoRoleThereIsRefused() throws Exception {
        mvc.perform(get("/api/members/{m}/files/spaces", givors).with(actors.signIn(anne.capacity())))
                .andExpect(status().isForbidden());
    }
}
