package org.entente.base;

import java.util.List;

/**
 * One page of a list, with how many there are in all.
 *
 * @param items the rows of this page
 * @param total how many rows the filter finds
 * @param offset index of the first row, from 0
 */
public record Page<T>(List<T> items, long total, int offset) {

    /** The most rows a page may ask for. */
    public static final int MOST = 200;

    /** Keeps an asked-for page size within bounds. */
    public static int size(int asked) {
        return Math.clamp(asked, 1, MOST);
    }
}
