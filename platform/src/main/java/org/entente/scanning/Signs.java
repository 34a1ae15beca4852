package org.entente.scanning;

/** What another program says, as it may be shown and kept. */
final class Signs {

    private static final int LONGEST = 150;

    private Signs() {}

    static String clean(String said) {
        String plain = said.replaceAll("[^A-Za-z0-9 ._:/()+-]", "_").strip();
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }
}
