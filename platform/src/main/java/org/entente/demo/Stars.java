package org.entente.demo;

import static org.entente.directory.AffiliationKind.AGENT;
import static org.entente.directory.AffiliationKind.ELU;
import static org.entente.directory.AffiliationKind.PARTNER;
import static org.entente.directory.AffiliationKind.TRAINEE;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.entente.directory.NewPerson;
import org.entente.directory.Role;
import org.jspecify.annotations.Nullable;

/** The few people of the demonstration whose lives show what the platform is for. */
final class Stars {

    private final Cast cast;
    private final Instant longAgo;
    private final Instant elected;

    Stars(Cast cast) {
        this.cast = cast;
        this.longAgo = cast.at(LocalDate.of(2019, 9, 1));
        this.elected = cast.at(LocalDate.of(2026, 3, 28));
    }

    List<Cast.Character> all() {
        return List.of(
                nadia(), yasmina(), claire(), hugo(), marc(), sophie(), thomas(), ines(), leo(), amina(), paul());
    }

    private Cast.Character nadia() {
        return star(
                "Nadia",
                "Benali",
                "1974-05-12",
                "venissieux",
                "mandates3",
                true,
                address -> List.of(
                        cast.part(
                                "venissieux",
                                ELU,
                                "Adjointe au maire, déléguée au numérique",
                                Posts.COUNCIL,
                                address,
                                null,
                                elected,
                                null,
                                Set.of()),
                        cast.part(
                                Town.METROPOLE,
                                ELU,
                                "Conseillère métropolitaine",
                                null,
                                address,
                                null,
                                elected,
                                null,
                                Set.of()),
                        cast.part(
                                Town.OPERATOR, ELU, "Vice-présidente", null, address, null, elected, null, Set.of())));
    }

    private Cast.Character yasmina() {
        return star(
                "Yasmina",
                "Haddad",
                "1968-11-03",
                "givors",
                "mandates4",
                true,
                address -> List.of(
                        cast.part(
                                "givors",
                                ELU,
                                "Première adjointe au maire",
                                Posts.COUNCIL,
                                address,
                                null,
                                elected,
                                null,
                                Set.of()),
                        cast.part(Town.METROPOLE, ELU, "Vice-présidente", null, address, null, elected, null, Set.of()),
                        cast.part(
                                Town.METROPOLE,
                                ELU,
                                "Présidente de la commission des finances",
                                null,
                                address,
                                null,
                                elected,
                                null,
                                Set.of()),
                        cast.part(
                                Town.OPERATOR,
                                ELU,
                                "Déléguée au comité syndical",
                                null,
                                address,
                                null,
                                elected,
                                null,
                                Set.of())));
    }

    private Cast.Character claire() {
        return star(
                "Claire",
                "Fontaine",
                "1979-02-20",
                Town.OPERATOR,
                "operator",
                true,
                address -> List.of(cast.part(
                        Town.OPERATOR,
                        AGENT,
                        "Directrice",
                        Posts.IT,
                        address,
                        null,
                        longAgo,
                        null,
                        Set.of(Role.OPERATOR_ADMIN, Role.MEMBER_ADMIN))));
    }

    private Cast.Character hugo() {
        return star(
                "Hugo",
                "Lambert",
                "1985-07-08",
                Town.OPERATOR,
                "auditor",
                true,
                address -> List.of(cast.part(
                        Town.OPERATOR,
                        AGENT,
                        "Auditeur interne",
                        Posts.FINANCE,
                        address,
                        null,
                        longAgo,
                        null,
                        Set.of(Role.AUDITOR))));
    }

    private Cast.Character marc() {
        return star(
                "Marc",
                "Delorme",
                "1977-01-30",
                "venissieux",
                "admin",
                true,
                address -> List.of(cast.part(
                        "venissieux",
                        AGENT,
                        "Directeur des systèmes d’information",
                        Posts.IT,
                        address,
                        null,
                        longAgo,
                        null,
                        Set.of(Role.MEMBER_ADMIN))));
    }

    private Cast.Character sophie() {
        return star(
                "Sophie",
                "Girard",
                "1982-10-17",
                "venissieux",
                "hr",
                true,
                address -> List.of(
                        cast.part(
                                "venissieux",
                                AGENT,
                                "Directrice des ressources humaines",
                                Posts.HR,
                                address,
                                null,
                                longAgo,
                                null,
                                Set.of(Role.MEMBER_HR)),
                        cast.part(
                                Town.OPERATOR,
                                PARTNER,
                                "Référente paie des communes",
                                Posts.HR,
                                address,
                                null,
                                longAgo,
                                null,
                                Set.of(Role.MEMBER_HR))));
    }

    private Cast.Character thomas() {
        return star(
                "Thomas",
                "Perrin",
                "1990-04-02",
                "grigny-sur-rhone",
                "halftime",
                true,
                address -> List.of(
                        cast.part(
                                "grigny-sur-rhone",
                                AGENT,
                                "Professeur de musique",
                                "École de musique",
                                address,
                                60,
                                longAgo,
                                null,
                                Set.of()),
                        cast.part(
                                "givors",
                                AGENT,
                                "Professeur de musique",
                                "École de musique",
                                address,
                                40,
                                longAgo,
                                null,
                                Set.of())));
    }

    private Cast.Character ines() {
        LocalDate moved = cast.today().minusDays(80);
        NewPerson person = new NewPerson("Inès", "Moreau", null, LocalDate.parse("1988-12-24"));
        String before = cast.address(person, town("corbas"));
        String now = cast.address(person, town("vaulx-en-velin"));
        return new Cast.Character(
                person,
                List.of(
                        cast.part(
                                "corbas",
                                AGENT,
                                "Chargée de communication",
                                "Communication",
                                before,
                                null,
                                longAgo,
                                cast.at(moved),
                                Set.of()),
                        cast.part(
                                "vaulx-en-velin",
                                AGENT,
                                "Responsable de la communication",
                                "Communication",
                                now,
                                null,
                                cast.at(moved),
                                null,
                                Set.of())),
                now,
                "moved",
                true);
    }

    private Cast.Character leo() {
        return star(
                "Léo",
                "Marchand",
                "2004-03-15",
                "saint-chamond",
                "trainee",
                true,
                address -> List.of(cast.part(
                        "saint-chamond",
                        TRAINEE,
                        "Apprenti développeur",
                        Posts.IT,
                        address,
                        null,
                        cast.at(cast.today().minusMonths(3)),
                        cast.at(cast.today().plusDays(21)),
                        Set.of())));
    }

    private Cast.Character amina() {
        return star(
                "Amina",
                "Diallo",
                "1993-06-09",
                "lyon",
                "arrival",
                false,
                address -> List.of(cast.part(
                        "lyon",
                        AGENT,
                        "Cheffe de projet numérique",
                        Posts.IT,
                        address,
                        null,
                        cast.at(cast.today().plusDays(5)),
                        null,
                        Set.of())));
    }

    private Cast.Character paul() {
        return star(
                "Paul",
                "Vasseur",
                "1981-09-27",
                Town.OPERATOR,
                "partner",
                true,
                address -> List.of(cast.part(
                        Town.OPERATOR,
                        PARTNER,
                        "Prestataire réseau",
                        Posts.IT,
                        address,
                        null,
                        longAgo,
                        cast.at(cast.today().plusMonths(6)),
                        Set.of())));
    }

    private Cast.Character star(
            String given,
            String usual,
            String born,
            String town,
            @Nullable String why,
            boolean signsIn,
            java.util.function.Function<String, List<Cast.Part>> parts) {
        NewPerson person = new NewPerson(given, usual, null, LocalDate.parse(born));
        String address = cast.address(person, town(town));
        return new Cast.Character(person, parts.apply(address), address, why, signsIn);
    }

    private static Town town(String slug) {
        return Town.ALL.stream().filter(t -> t.slug().equals(slug)).findFirst().orElseThrow();
    }
}
