package org.entente.files;

import java.util.List;

/**
 * What changed beneath a folder since a number (RFC 6578).
 *
 * @param changed what is new, written, renamed or moved here, with its path from that folder
 * @param gone the paths, from that folder, of what is no longer there
 * @param number to ask with next time
 * @param more whether there is more, to be asked for with {@code number}
 */
public record Changes(List<At> changed, List<List<String>> gone, long number, boolean more) {

    /** @param path the names from the folder asked about down to it */
    public record At(List<String> path, FileNode node) {}
}
