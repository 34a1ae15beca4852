package org.entente.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authority of the demonstration. Authorities and SIREN are real; mail domains are under {@code .example}, which nobody can own.
 *
 * @param name as it is called here, or null for the name of the national list
 * @param siren null when it is not known: SITIV's is entered without one rather than made up
 * @param share how many of a hundred persons belong to it
 */
record Town(String slug, @Nullable String name, @Nullable String siren, int share) {

    static final String OPERATOR = "sitiv";
    static final String METROPOLE = "metropole-lyon";

    static final List<Town> ALL = List.of(
            new Town(METROPOLE, null, "200046977", 22),
            new Town("lyon", "Ville de Lyon", "216901231", 22),
            new Town("venissieux", null, "216902593", 14),
            new Town("vaulx-en-velin", null, "216902569", 12),
            new Town("saint-chamond", null, "214202079", 10),
            new Town("givors", null, "216900910", 6),
            new Town("rive-de-gier", null, "214201865", 5),
            new Town("corbas", null, "216902734", 4),
            new Town("grigny-sur-rhone", null, "216900969", 3),
            new Town(OPERATOR, "SITIV", null, 2));

    String domain() {
        return slug + ".example";
    }

    boolean isOperator() {
        return slug.equals(OPERATOR);
    }

    boolean hasCouncil() {
        return !isOperator() && !slug.equals(METROPOLE);
    }

    /** The towns of the Métropole: their élus may sit in its council. */
    boolean inMetropole() {
        return hasCouncil() && !slug.equals("saint-chamond") && !slug.equals("rive-de-gier");
    }
}
