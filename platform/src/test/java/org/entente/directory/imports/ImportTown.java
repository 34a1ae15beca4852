package org.entente.directory.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.entente.directory.DirectoryFixtures.TESTER;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.directory.DirectoryFixtures;
import org.entente.directory.MemberId;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A member that brings in files of its people. */
@SpringBootTest(properties = "entente.directory.clock.every=P1D")
@Import({TestPostgres.class, DirectoryFixtures.class})
abstract class ImportTown {

    static final String HEAD =
            "Matricule;Nom d'usage;Nom de naissance;Prénom;Date de naissance;Adresse mail;Fonction;Service;Date d'arrivée;Date de fin;Quotité\n";

    @Autowired
    ImportDesk desk;

    @Autowired
    ImportReader reader;

    @Autowired
    DirectoryFixtures.Maker make;

    @Autowired
    DirectoryFixtures.Hands hands;

    @Autowired
    DirectoryFixtures.Ear ear;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    MemberId town;

    @BeforeEach
    void aTown() {
        hands.moveTo(Instant.parse("2026-11-24T10:00:00Z"));
        // Nobody of another test is taken for somebody of this one.
        jdbc.sql("TRUNCATE directory.person CASCADE").update();
        town = make.town();
        ear.heard.clear();
    }

    ImportReader.Import take(String file) {
        return take(file, StandardCharsets.UTF_8);
    }

    ImportReader.Import take(String file, Charset charset) {
        UUID id = desk.take(town.value(), "rh.csv", new ByteArrayResource(file.getBytes(charset)), null, null, TESTER);
        return one(id);
    }

    void applied(UUID id) {
        desk.apply(town.value(), id, one(id).counts().departures(), TESTER);
        awaitState(id, "applied");
    }

    void awaitState(UUID id, String state) {
        await().atMost(Duration.ofMinutes(2)).until(() -> !one(id).state().equals("applying"));
        assertThat(one(id).state()).as(String.valueOf(one(id).error())).isEqualTo(state);
    }

    ImportReader.Import one(UUID id) {
        return reader.one(town.value(), id, Locale.FRENCH);
    }

    List<ImportReader.Row> rows(UUID id, String what) {
        return reader.rows(town.value(), id, what, 0, 200, Locale.FRENCH).items();
    }

    long people() {
        return jdbc.sql("SELECT count(*) FROM directory.affiliation WHERE member = ?")
                .param(town.value())
                .query(Long.class)
                .single();
    }
}
