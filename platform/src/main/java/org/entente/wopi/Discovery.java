package org.entente.wopi;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an office server says of itself ([MS-WOPI] 3.1.5.1.1.2.3.2): which kinds of file it opens and at which addresses, and the keys by which it signs its calls.
 *
 * @param kinds by the ending of a name, in small letters and without its dot
 * @param elsewhere origins of addresses that are not its own, and which are not used
 * @param proof null when it does not sign
 */
record Discovery(
        Map<String, Kind> kinds,
        Collection<String> elsewhere,
        @Nullable ProofKeys proof) {

    Discovery {
        kinds = Map.copyOf(kinds);
        elsewhere = new TreeSet<>(elsewhere);
    }

    /** @param view address to look with; null: as {@code edit}, for somebody who may not write @param edit null: it does not write this kind */
    record Kind(@Nullable String view, @Nullable String edit) {

        Kind {
            if (view == null && edit == null) {
                throw new IllegalArgumentException("Neither to see nor to edit");
            }
        }
    }

    /** How this file opens, if at all. */
    Optional<Kind> kind(String fileName) {
        return Optional.ofNullable(kinds.get(ending(fileName)));
    }

    static String ending(String fileName) {
        return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
