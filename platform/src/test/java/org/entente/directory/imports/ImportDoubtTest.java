package org.entente.directory.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.entente.directory.DirectoryFixtures.TESTER;

import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.junit.jupiter.api.Test;

/** Who may be somebody that is known already is asked about. */
class ImportDoubtTest extends ImportTown {

    @Test
    void whoWasInvitedUnderANewcomersNameIsADoubtAndKeepsWhatTheyAre() {
        for (String born : new String[] {null, "1980-01-02"}) {
            MemberId there = make.town();
            town = there;
            AffiliationId guest = make.agent(there, make.person(there, "Paul", "Martin", born), "Bureau d’études");
            jdbc.sql(
                            "UPDATE directory.affiliation SET kind = 'partner', source = 'invitation', address = ? WHERE id = ?")
                    .params(UUID.randomUUID() + "@bureau.example", guest.value())
                    .update();
            String before = row(guest);

            ImportReader.Import run =
                    take(HEAD.replace("Quotité", "Type") + "77;Martin;;Paul;02/01/1980;;Voirie;;;;agent\n");

            ImportReader.Row doubt = rows(run.id(), "doubt").getFirst();
            assertThat(doubt.candidates())
                    .as("born %s", born)
                    .anySatisfy(one ->
                            assertThat(one.why()).containsExactly(born == null ? "name" : "name-and-birth-date"));
            assertThat(run.counts().changes() + run.counts().arrivals()).isZero();
            desk.decide(there.value(), run.id(), doubt.line(), "new", null);
            applied(run.id());
            assertThat(row(guest)).isEqualTo(before);
            assertThat(people()).isEqualTo(2);
        }
    }

    @Test
    void aPartnerIsNotAnAgentByNameAloneButByNameAndBirthDateOrWhereTheLineSaysPartner() {
        AffiliationId partner = make.agent(town, make.person(town, "Paul", "Martin", null), "Bureau");
        jdbc.sql("UPDATE directory.affiliation SET kind = 'partner' WHERE id = ?")
                .param(partner.value())
                .update();
        String head = HEAD.replace("Quotité", "Type");

        assertThat(take(head + "77;Martin;;Paul;02/01/1980;;Voirie;;;;agent\n")
                        .counts()
                        .undecided())
                .isOne();
        assertThat(take(head + "77;Martin;;Paul;02/01/1980;;Voirie;;;;partner\n")
                        .counts()
                        .changes())
                .isOne();
        jdbc.sql(
                        "UPDATE directory.person SET birth_date = '1980-01-02' WHERE id = (SELECT person FROM directory.affiliation WHERE id = ?)")
                .param(partner.value())
                .update();
        assertThat(take(head + "77;Martin;;Paul;02/01/1980;;Voirie;;;;agent\n")
                        .counts()
                        .changes())
                .isOne();
    }

    @Test
    void doubtsWaitForADecisionAndAreNotAskedTwice() {
        MemberId neighbour = make.town();
        PersonId known = make.person(neighbour, "Marie-Claude", "Dupont", "1980-01-02");
        make.agent(neighbour, known, "Accueil");
        String file = HEAD + "7;dupont;;marie claude;02/01/1980;;Accueil;;;;\n";
        ImportReader.Import run = take(file);
        assertThat(run.counts().undecided()).isEqualTo(1);
        ImportReader.Row doubt = rows(run.id(), "doubt").getFirst();
        assertThat(doubt.candidates().getFirst().why()).containsExactly("name-and-birth-date");
        assertThatThrownBy(() -> desk.apply(town.value(), run.id(), null, TESTER))
                .hasMessageContaining("import.undecided");
        assertThatThrownBy(() -> desk.decide(town.value(), run.id(), doubt.line(), "same", UUID.randomUUID()))
                .hasMessageContaining("import.decision");

        desk.decide(town.value(), run.id(), doubt.line(), "same", known.value());
        applied(run.id());
        assertThat(jdbc.sql("SELECT count(*) FROM directory.affiliation WHERE person = ?")
                        .param(known.value())
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        ImportReader.Import again = take(file);
        assertThat(again.counts().undecided()).isZero();
    }

    @Test
    void aChangedPayrollNumberIsADoubtAndNotADeparture() {
        applied(take(HEAD + "1;Benali;;Nadia;12/05/1974;;Accueil;;;;\n").id());
        ImportReader.Import next = take(HEAD + "901;Benali;;Nadia;12/05/1974;;Accueil;;;;\n");
        assertThat(next.counts().departures()).isZero();
        ImportReader.Row doubt = rows(next.id(), "doubt").getFirst();
        desk.decide(
                town.value(),
                next.id(),
                doubt.line(),
                "same",
                doubt.candidates().getFirst().person().id().value());
        assertThat(rows(next.id(), "change").getFirst().changes())
                .extracting(ImportReader.Change::field)
                .containsExactly("reference");
    }

    private String row(AffiliationId affiliation) {
        return jdbc.sql("SELECT a::text FROM directory.affiliation a WHERE id = ?")
                .param(affiliation.value())
                .query(String.class)
                .single();
    }
}
