package org.entente.keycloak.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What applications of SAML and of CAS are told: ProConnect's words, and the names that directories of people have always used (RFC 2798)
 * where such applications expect them.
 */
final class DirectoryWords {

    /** Attribute → word. */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("uid", "uid");
        WORDS.put("givenName", "given_name");
        WORDS.put("sn", "usual_name");
        WORDS.put("mail", "email");
        WORDS.put("telephoneNumber", "phone");
        for (String word : List.of(
                "siret", "siren", "organizational_unit", "belonging_population", "idp_id", "acr", "amr", "roles")) {
            WORDS.put(word, word);
        }
    }

    static final List<String> ATTRIBUTES = List.copyOf(WORDS.keySet());

    private DirectoryWords() {}

    /** Attribute → a value, or a list of values; those without any are left out. */
    static Map<String, Object> of(Told told) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        WORDS.forEach((attribute, word) -> {
            Object value = told.value(word);
            if (value != null) {
                attributes.put(attribute, value);
            }
        });
        return attributes;
    }
}
