package org.entente.portal;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;

import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever a comment names is told, with the way to the file, and nobody else. */
@SpringBootTest(properties = "entente.notices.every=1h")
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class MentionNoticeTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    LedgerFollower acts;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void theOneWhoIsNamedIsToldAndIsLedToTheFile() throws Exception {
        MemberId givors = actors.member("Givors");
        AffiliationId anne = actors.affiliation(givors);
        AffiliationId luc = actors.affiliation(givors);
        AffiliationId other = actors.affiliation(givors);
        record Made(UUID node, UUID comment) {}
        Made made = transaction.execute(status -> jdbc.sql("""
                        WITH ids AS (SELECT uuidv7() AS space, uuidv7() AS root, uuidv7() AS comment),
                        opened AS (INSERT INTO files.space (id, kind, member, capacity, name, root) SELECT space, 'mine', :member, :by, 'x', root FROM ids),
                        made AS (INSERT INTO files.node (id, space, parent, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                            SELECT root, space, NULL, space::text, true, now(), now(), now(), :by, 1, 1 FROM ids),
                        said AS (INSERT INTO files.comment (id, node, by, made_at, text) SELECT comment, root, :by, now(), '@Luc' FROM ids),
                        named AS (INSERT INTO files.mention (comment, capacity) SELECT comment, unnest(ARRAY[:named, :by]::uuid[]) FROM ids)
                        SELECT root AS node, comment FROM ids""")
                .param("member", givors.value())
                .param("by", anne.value())
                .param("named", luc.value())
                .query(Made.class)
                .single());
        transaction.executeWithoutResult(status -> ledger.record(new Entry(
                new Author(actors.personOf(anne).value(), anne.value(), "Anne Roux", null),
                "file-comment.named",
                givors.value(),
                "file-comment",
                made.comment().toString(),
                "Budget.ods",
                Map.of(),
                Map.of("node", made.node().toString()))));

        var session = actors.actingAs(luc);
        Awaitility.await().untilAsserted(() -> {
            acts.tell();
            mvc.perform(get("/api/notices").with(session))
                    .andExpect(jsonPath("$.total").value(1))
                    .andExpect(jsonPath("$.items[0].title").value("Anne Roux vous nomme dans un commentaire"))
                    .andExpect(jsonPath("$.items[0].to").value("/files/about/" + made.node()));
        });
        for (AffiliationId nobody : new AffiliationId[] {anne, other}) {
            mvc.perform(get("/api/notices").with(actors.actingAs(nobody)))
                    .andExpect(jsonPath("$.total").value(0));
        }
    }
}
