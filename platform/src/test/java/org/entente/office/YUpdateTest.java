package org.entente.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    @Test
    @Timeout(60)
    void aStateOfAMillionDeletionsIsComparedWithManyThatOverlap() throws Exception {
        YUpdate state = YUpdate.read(Yjs.written(7, 3_000_000, 1_000_000, n -> new long[] {3L * n, 2}));
        byte[] overlapping = Yjs.written(7, 0, 100_000, n -> new long[] {3L * (n % 1000), 1 + n % 2});
        byte[] wide = Yjs.written(7, 0, 100_000, n -> new long[] {n % 1000, 1_000_000});

        assertThat(state.gone().get(7L)).hasSize(1_000_000);
        assertThat(YUpdate.read(overlapping).gone().get(7L)).hasSize(1000);
        assertThat(state.covers(YUpdate.read(overlapping))).isTrue();
        assertThat(YUpdate.read(wide).gone().get(7L)).isEqualTo(Map.of(0L, 1_000_999L));
        assertThat(state.covers(YUpdate.read(wide))).isFalse();
    }

    @Property
    void deletionsAreKeptOnceHoweverTheyOverlap(
            @ForAll @Size(max = 30) List<@IntRange(max = 40) Integer> from, @ForAll @IntRange(max = 9) int length)
            throws Exception {
        YUpdate read = YUpdate.read(Yjs.written(7, 0, from.size(), n -> new long[] {from.get(n), (length + n) % 10}));

        BitSet places = new BitSet();
        for (int n = 0; n < from.size(); n++) {
            places.set(from.get(n), from.get(n) + (length + n) % 10);
        }
        Map<Long, Long> once = new TreeMap<>();
        for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(places.nextClearBit(at))) {
            once.put((long) at, (long) places.nextClearBit(at));
        }
        assertThat(read.gone().get(7L)).isEqualTo(once);
    }

    @Test
    void whatNoBrowserTypesInAMomentIsRefused() throws Exception {
        byte[] ranges = Yjs.written(7, 0, 100_001, n -> new long[] {2L * n, 1});
        ByteArrayOutputStream clients = new ByteArrayOutputStream();
        Bits.number(clients, 0);
        Bits.number(clients, 20_001);
        for (int client = 0; client <= 20_000; client++) {
            Bits.number(clients, client);
            Bits.number(clients, 0);
        }

        YUpdate.read(ranges);
        YUpdate.read(clients.toByteArray());
        assertThatThrownBy(() -> YUpdate.read(ranges, YUpdate.Most.TYPED)).isInstanceOf(Bits.Broken.class);
        assertThatThrownBy(() -> YUpdate.read(clients.toByteArray(), YUpdate.Most.TYPED))
                .isInstanceOf(Bits.Broken.class);
    }

    @Test
    void numbersThatJavaScriptDoesNotCountExactlyAreRefused() throws Exception {
        long most = (1L << 53) - 1;

        YUpdate.read(Yjs.deleted(7, most - 1, 1));
        YUpdate.read(Yjs.typed(7, most - 1, "a"));
        assertThatThrownBy(() -> YUpdate.read(Yjs.deleted(7, most, 1))).isInstanceOf(Bits.Broken.class);
        assertThatThrownBy(() -> YUpdate.read(Yjs.typed(7, most - 1, "ab"))).isInstanceOf(Bits.Broken.class);
    }

    @Test
    void aDocumentInADocumentHasAnObjectAsItsOptions() throws Exception {
        YUpdate.read(inner(118, 0));
        for (int[] options : new int[][] {{126}, {120}, {119, 0}, {117, 0}, {116, 0}, {125, 1}}) {
            assertThatThrownBy(() -> YUpdate.read(inner(options))).isInstanceOf(Bits.Broken.class);
        }
    }

    private static byte[] inner(int... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {1, 1, 7, 0, 9, 1, 1, 't', 1, 'g'});
        for (int one : options) {
            out.write(one);
        }
        out.write(0);
        return out.toByteArray();
    }
}
