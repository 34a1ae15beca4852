package org.entente.directory.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.entente.directory.DirectoryFixtures.TESTER;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.entente.base.Refusal;
import org.junit.jupiter.api.Test;

/** Files as software and people write them: odd, broken, hostile, large. */
class ImportFileTest extends ImportTown {

    @Test
    void everyBadLineIsListedAndNothingIsHalfApplied() {
        ImportReader.Import run = take(HEAD
                + "1;Ok;;Ana;01/01/1990;;Accueil;;;;\n"
                + "2;;;Sans nom;01/01/1990;;Accueil;;;;\n"
                + "3;Date;;Fausse;31/02/1990;;Accueil;;;;\n"
                + "4;Loin;;Trop;01/01/1990;;Accueil;;01/01/9999;;\n"
                + "5;Inverse;;Fin;01/01/1990;;Accueil;;02/01/2026;01/01/2025;\n"
                + "6;Nul\u0000;;Octet;01/01/1990;;Accueil;;;;\n"
                + "7;Adresse;;Ailleurs;01/01/1990;x@ailleurs.example;Accueil;;;;\n"
                + "1;Double;;Matricule;01/01/1991;;Accueil;;;;\n"
                + "9;" + "L".repeat(500) + ";;Long;01/01/1990;;Accueil;;;;\n"
                + "10;Futur;;Né;01/01/2090;;Accueil;;;;\n"
                + "11;Quotité;;Fausse;01/01/1990;;Accueil;;;;1e999999999\n"
                + "12;=cmd|' /C calc'!A0;;Formule;01/01/1990;;Accueil;;;;\n");
        assertThat(run.counts().errors()).isEqualTo(10);
        assertThat(rows(run.id(), "error"))
                .extracting(ImportReader.Row::line)
                .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(rows(run.id(), "error"))
                .noneMatch(r -> r.message() == null || r.message().startsWith("refusal."));
        assertThatThrownBy(() -> desk.apply(town.value(), run.id(), null, TESTER))
                .hasMessageContaining("import.errors");
        assertThat(people()).isZero();
    }

    @Test
    void writingsOfOtherSoftwareAreUnderstood() {
        String body = "nom\tprénom\tposte\nÉlan\tZoé\tMétier\n";
        assertThat(take(body, Charset.forName("windows-1252")).encoding()).isEqualTo("windows-1252");
        assertThat(take("\uFEFF" + body.replace('\t', ','), StandardCharsets.UTF_8)
                        .headers())
                .containsExactly("nom", "prénom", "poste");
        ImportReader.Import run = take(body, Charset.forName("windows-1252"));
        assertThat(rows(run.id(), "arrival").getFirst().name()).isEqualTo("Zoé Élan");
    }

    @Test
    void hostileFilesAreRefusedPlainly() {
        for (String bomb : List.of(
                "",
                "a;b\n",
                "nom;prénom;poste\n\"" + "x".repeat(3_000_000),
                "nom;prénom;poste\n" + ";".repeat(1_000_000) + "\n",
                ";".repeat(1_000_000) + "\n",
                "PK\u0003\u0004xl/worksheets",
                "nom;prénom;poste\n\"" + "jamais;fermé\n".repeat(50_000))) {
            assertThatThrownBy(() -> take(bomb)).isInstanceOf(Refusal.class);
        }
        assertThat(jdbc.sql("SELECT count(*) FROM directory.import WHERE member = ?")
                        .param(town.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aMappingIsCorrectedAndRemembered() {
        String file = "A;B;C\nBenali;Nadia;Accueil\n";
        ImportReader.Import run = take(file);
        assertThat(run.missingColumns()).containsExactly("usualName", "givenName", "function");
        desk.remap(town.value(), run.id(), java.util.Map.of("usualName", "A", "givenName", "B", "function", "C"));
        applied(run.id());
        assertThat(take(file).counts().unchanged()).isEqualTo(1);
    }

    @Test
    void whateverTheFileItsSecondDryRunHasNothingToDo() {
        Random random = new Random(42);
        for (int round = 0; round < 12; round++) {
            town = make.town();
            for (int month = 0; month < 3; month++) {
                String file = anyFile(random);
                ImportReader.Import run = take(file);
                for (ImportReader.Row doubt : rows(run.id(), "doubt")) {
                    boolean same = random.nextBoolean();
                    desk.decide(
                            town.value(),
                            run.id(),
                            doubt.line(),
                            same ? "same" : "new",
                            same ? doubt.candidates().getFirst().person().id().value() : null);
                }
                assertThat(one(run.id()).counts().undecided()).isZero();
                desk.apply(town.value(), run.id(), one(run.id()).counts().departures(), TESTER);
                awaitState(run.id(), "applied");
                ImportReader.Counts again = take(file).counts();
                assertThat(again.arrivals() + again.changes() + again.departures() + again.undecided() + again.errors())
                        .as("round %d, month %d:%n%s%n%s", round, month, file, again)
                        .isZero();
            }
        }
    }

    @Test
    void aLargeFileIsAppliedInSeconds() {
        int lines = Integer.getInteger("entente.import.lines", 3_000);
        String file = HEAD
                + IntStream.range(0, lines)
                        .mapToObj(n -> "%d;Nom%d;;Prénom%d;%02d/%02d/%d;%s;Fonction %d;Service %d;01/09/2019;;100\n"
                                .formatted(
                                        n,
                                        n % 997,
                                        n % 313,
                                        1 + n % 28,
                                        1 + n % 12,
                                        1960 + n % 40,
                                        make.address(town, "p" + n),
                                        n % 40,
                                        n % 60))
                        .collect(Collectors.joining());
        long begun = System.nanoTime();
        ImportReader.Import run = take(file);
        long analysed = System.nanoTime();
        assertThat(run.counts().errors()).isZero();
        for (ImportReader.Row doubt : rows(run.id(), "doubt")) {
            desk.decide(town.value(), run.id(), doubt.line(), "new", null);
        }
        applied(run.id());
        long done = System.nanoTime();
        ImportReader.Counts again = take(file).counts();
        long twice = System.nanoTime();
        assertThat(again.unchanged()).isEqualTo(lines);
        org.slf4j.LoggerFactory.getLogger(ImportFileTest.class)
                .warn(
                        "import of {} lines: dry run {} ms, apply {} ms, second dry run {} ms",
                        lines,
                        (analysed - begun) / 1_000_000,
                        (done - analysed) / 1_000_000,
                        (twice - done) / 1_000_000);
    }

    /** People who come, go, move and share names, with and without payroll numbers. */
    private static String anyFile(Random random) {
        boolean numbers = random.nextInt(4) > 0;
        StringBuilder file = new StringBuilder(numbers ? HEAD : HEAD.replace("Matricule;", ""));
        for (int n = 0; n < 8; n++) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            String usual = List.of("Benali", "Roche-Dupont", "Martin", "martin").get(random.nextInt(4)) + (n % 3);
            String born = random.nextInt(5) == 0 ? "" : "0" + (1 + n) + "/05/19" + (70 + n);
            if (numbers) {
                file.append(random.nextInt(6) == 0 ? 100 + n : n).append(';');
            }
            file.append("%s;%s;Prénom%d;%s;;%s;%s;%s;%s;%s\n"
                    .formatted(
                            usual,
                            random.nextInt(3) == 0 ? "Roux" : "",
                            n,
                            born,
                            List.of("Accueil", "Voirie").get(random.nextInt(2)),
                            random.nextInt(2) == 0 ? "Mairie" : "",
                            n % 3 == 0 ? "01/01/2027" : "",
                            random.nextInt(4) == 0 ? "31/12/2027" : "",
                            random.nextInt(2) == 0 ? "80" : ""));
        }
        return file.append(numbers ? "99;" : "")
                .append("Témoin;;Fixe;01/01/1980;;Accueil;;;;\n")
                .toString();
    }
}
