package org.entente.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class YUpdateTest {

    /** Made by yjs 13 of texts, maps, arrays, XML, formats, embeds, bytes, numbers of all kinds, with deletions: see web/scripts/yjs-sample.mjs. */
    private static final String REAL =
            "02010900c407010702027878200700040104746578740356c59384070101758407020178810703038407060b4769766f727320f09f8e8946070004626f6c640474727565c60703070404626f6c64046e756c6cc60702070304626f6c64046e756c6cc5071207030d7b22696d616765223a2261227dc60713070304626f6c6404747275652101036d61700161012801036d61700162017dc6012801036d61700163017c3fc000002801036d61700164017b3fb999999999999a2801036d61700165017702c3a92801036d61700166017e2801036d61700167017f2801036d6170016801782801036d6170016901792801036d6170016a017601016b75027d0177016c2801036d6170016d017a001fffffffffffffa80715017d022301036d6170056279746573030102032701036d617002696e01280007220178017701792901036d617003646f63056f7468657276000801056172726179037d0177046465757876010574726f69737d03830727010407010b7375706572656469746f72030970617261677261706807000729060400072a07426f6e6a6f757228000729057374796c65017705546974726501070204031501";

    @Test
    void whatYjsWritesIsReadToItsEnd() throws Exception {
        YUpdate read = YUpdate.read(HexFormat.of().parseHex(REAL));

        assertThat(read.clocks()).containsOnlyKeys(7L, 9L);
        assertThat(read.gone()).containsOnlyKeys(7L);
        assertThat(read.whole()).isTrue();
        assertThat(read.covers(read)).isTrue();
    }

    @Test
    void whatEndsTooSoonOrGoesOnIsRefused() {
        byte[] real = HexFormat.of().parseHex(REAL);

        for (int length = 0; length < real.length; length++) {
            byte[] cut = Arrays.copyOf(real, length);
            assertThatThrownBy(() -> YUpdate.read(cut)).isInstanceOf(Bits.Broken.class);
        }
        assertThatThrownBy(() -> YUpdate.read(Arrays.copyOf(real, real.length + 1)))
                .isInstanceOf(Bits.Broken.class);
    }

    @Property
    void anyBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] bytes) {
        try {
            YUpdate.read(bytes);
        } catch (Bits.Broken refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    @Test
    void aStateCoversOnlyWhatItKnowsAndHasDeleted() throws Exception {
        YUpdate state = YUpdate.read(Yjs.typed(7, 0, "Bonjour"));

        assertThat(state.clocks()).isEqualTo(Map.of(7L, 7L));
        assertThat(state.covers(YUpdate.read(Yjs.typed(7, 4, "our")))).isTrue();
        assertThat(state.covers(YUpdate.read(Yjs.typed(7, 4, "ours")))).isFalse();
        assertThat(state.covers(YUpdate.read(Yjs.typed(8, 0, "o")))).isFalse();
        assertThat(state.covers(YUpdate.read(Yjs.deleted(7, 0, 1)))).isFalse();
        assertThat(YUpdate.read(Yjs.typed(7, 4, "our")).covers(YUpdate.read(Yjs.typed(7, 4, "our"))))
                .as("it does not begin at the beginning")
                .isFalse();
    }
}
