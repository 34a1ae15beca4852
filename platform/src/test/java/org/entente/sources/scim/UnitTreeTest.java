package org.entente.sources.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which unit is meant by the names that software has for it. */
class UnitTreeTest {

    private final UnitTree.Unit culture = unit(null, null, "culture");
    private final UnitTree.Unit sports = unit(null, "SPO", "sports");
    private final UnitTree.Unit desk = unit(culture, null, "accueil");
    private final UnitTree.Unit library = unit(culture, "BIB", "mediatheque");
    private final UnitTree.Unit otherDesk = unit(sports, null, "accueil");
    private final UnitTree tree = UnitTree.of(List.of(culture, sports, desk, library, otherDesk));

    @Test
    void aNameOrACodeThatOneUnitHasIsThatUnit() {
        assertThat(meant("Médiathèque").found()).isEqualTo(library.id());
        assertThat(meant("BIB").found()).isEqualTo(library.id());
        assertThat(meant("Culture", "BIB").found()).isEqualTo(library.id());
    }

    @Test
    void ofSeveralOfOneNameTheOneBelowTheNamedDivisionIsMeant() {
        assertThat(meant("SPO", "Accueil").found()).isEqualTo(otherDesk.id());
        assertThat(meant("Accueil")).isEqualTo(UnitTree.Meant.UNSURE);
        assertThat(meant("Pôle inconnu", "Accueil")).isEqualTo(UnitTree.Meant.UNSURE);
    }

    @Test
    void aDivisionThatTheMemberDoesNotHaveSaysNothingAgainstItsDepartment() {
        assertThat(meant("Pôle inconnu", "Médiathèque").found()).isEqualTo(library.id());
    }

    @Test
    void aUnitElsewhereIsNotTheOneThatIsMeant() {
        UnitTree.Meant meant = meant("Sports", "Médiathèque");

        assertThat(meant.found()).isNull();
        assertThat(meant.below()).isEqualTo(sports.id());
        assertThat(meant.missing()).extracting(UnitTree.Name::said).containsExactly("Médiathèque");
    }

    @Test
    void whatIsMissingIsMadeFromTheWholeToThePart() {
        UnitTree.Meant meant = meant("Pôle", "Direction", "Bureau");

        assertThat(meant.canBeMade()).isTrue();
        assertThat(meant.below()).isNull();
        assertThat(meant.missing()).extracting(UnitTree.Name::said).containsExactly("Pôle", "Direction", "Bureau");
    }

    private UnitTree.Meant meant(String... names) {
        return tree.meant(Arrays.stream(names)
                .map(said -> new UnitTree.Name(
                        said,
                        java.text.Normalizer.normalize(said, java.text.Normalizer.Form.NFD)
                                .replaceAll("\\p{M}", "")
                                .toLowerCase(java.util.Locale.ROOT)))
                .toList());
    }

    private static UnitTree.Unit unit(UnitTree.@Nullable Unit parent, @Nullable String code, String plain) {
        return new UnitTree.Unit(UUID.randomUUID(), parent == null ? null : parent.id(), code, plain);
    }
}
