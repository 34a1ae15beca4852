package org.entente.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.entente.base.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SirenTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "216902593",
                "216902569",
                "216902734",
                "216900910",
                "216900969",
                "214202079",
                "214201865",
                "200046977"
            })
    void realOnesHold(String siren) {
        assertThat(Siren.of(siren.substring(0, 3) + " " + siren.substring(3, 6) + "\u00a0" + siren.substring(6))
                        .value())
                .isEqualTo(siren);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "21690259", "2169025933", "21690259a", "٢١٦٩٠٢٥٩٣", "216902594"})
    void wrongOnesAreRefusedWithTheField(String siren) {
        assertThatThrownBy(() -> Siren.of(siren))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fields()).containsEntry("siren", "siren.invalid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"21690259300013", "356 000 000 00048", "35600000049837"})
    void establishmentsHoldAndLaPosteHasARuleOfItsOwn(String siret) {
        assertThat(Siret.of(siret).value()).hasSize(14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"35600000049838", "21690259300014", "2169025930001", "21690259300013 1"})
    void wrongEstablishmentsAreRefused(String siret) {
        assertThatThrownBy(() -> Siret.of(siret)).hasMessageContaining("siret.invalid");
    }

    @Property
    void everyNumberHasExactlyOneKey(@ForAll("eightDigits") String digits) {
        long keys = java.util.stream.IntStream.range(0, 10)
                .filter(key -> Luhn.holds(digits + key))
                .count();
        assertThat(keys).isEqualTo(1);
    }

    @Property
    void oneWrongDigitIsAlwaysSeen(
            @ForAll("eightDigits") String digits,
            @ForAll @IntRange(max = 8) int where,
            @ForAll @IntRange(min = 1, max = 9) int by) {
        String right = java.util.stream.IntStream.range(0, 10)
                .mapToObj(key -> digits + key)
                .filter(Luhn::holds)
                .findFirst()
                .orElseThrow();
        int digit = right.charAt(where) - '0';
        String wrong = right.substring(0, where) + (digit + by) % 10 + right.substring(where + 1);
        assertThat(Luhn.holds(wrong)).isFalse();
    }

    @Provide
    Arbitrary<String> eightDigits() {
        return Arbitraries.strings().numeric().ofLength(8);
    }
}
