package org.entente.directory.imports;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which header of a file is which field: guessed by the words that HR software uses, corrected and remembered by the member. */
final class Columns {

    /** Field by field, the headers under which it is met, in plain writing. */
    private static final Map<String, List<String>> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(
                "reference",
                List.of(
                        "matricule",
                        "numero matricule",
                        "n matricule",
                        "no matricule",
                        "mat",
                        "identifiant agent",
                        "numero agent",
                        "id agent"));
        WORDS.put(
                "usualName",
                List.of(
                        "nom d usage",
                        "nom usage",
                        "nom usuel",
                        "nom marital",
                        "nom de famille",
                        "nom",
                        "last name",
                        "usual name"));
        WORDS.put(
                "birthName",
                List.of("nom de naissance", "nom naissance", "nom patronymique", "nom de jeune fille", "birth name"));
        WORDS.put("givenName", List.of("prenom", "prenoms", "prenom usuel", "first name", "given name"));
        WORDS.put(
                "birthDate",
                List.of(
                        "date de naissance",
                        "date naissance",
                        "ne le",
                        "nee le",
                        "ne e le",
                        "naissance",
                        "birth date"));
        WORDS.put(
                "address",
                List.of(
                        "adresse",
                        "adresse mail",
                        "adresse e mail",
                        "adresse email",
                        "adresse electronique",
                        "adresse de messagerie",
                        "mail",
                        "email",
                        "e mail",
                        "courriel",
                        "messagerie",
                        "mel"));
        WORDS.put(
                "function",
                List.of(
                        "fonction",
                        "poste",
                        "emploi",
                        "intitule du poste",
                        "libelle emploi",
                        "libelle poste",
                        "metier",
                        "function"));
        WORDS.put(
                "unit",
                List.of(
                        "service",
                        "direction",
                        "affectation",
                        "unite",
                        "libelle service",
                        "service d affectation",
                        "unit"));
        WORDS.put(
                "from",
                List.of(
                        "date d arrivee",
                        "date arrivee",
                        "date d entree",
                        "date entree",
                        "date de debut",
                        "date debut",
                        "debut",
                        "date d embauche",
                        "date embauche",
                        "from"));
        WORDS.put(
                "until",
                List.of(
                        "date de fin",
                        "date fin",
                        "fin",
                        "date de depart",
                        "date depart",
                        "date de sortie",
                        "date sortie",
                        "fin de contrat",
                        "date de fin de contrat",
                        "until"));
        WORDS.put(
                "weeklyShare",
                List.of(
                        "quotite",
                        "quotite de travail",
                        "taux",
                        "taux d emploi",
                        "temps de travail",
                        "taux d activite"));
        WORDS.put(
                "phone",
                List.of(
                        "telephone",
                        "tel",
                        "telephone professionnel",
                        "numero de telephone",
                        "ligne directe",
                        "phone"));
        WORDS.put("kind", List.of("type", "type d agent", "statut", "categorie de personnel", "nature", "kind"));
    }

    static final List<String> FIELDS = List.copyOf(WORDS.keySet());
    private static final List<String> NEEDED = List.of("usualName", "givenName", "function");

    private Columns() {}

    /** Field to header; what the member taught before weighs more than a guess. */
    static Map<String, String> guess(List<String> headers, Map<String, String> remembered) {
        Map<String, String> found = new LinkedHashMap<>();
        List<String> free = new ArrayList<>(headers);
        for (String field : FIELDS) {
            String known = remembered.get(field);
            if (known != null && free.remove(known)) {
                found.put(field, known);
            }
        }
        for (String field : FIELDS) {
            if (!found.containsKey(field)) {
                String header = firstOf(WORDS.getOrDefault(field, List.of()), free);
                if (header != null) {
                    free.remove(header);
                    found.put(field, header);
                }
            }
        }
        return found;
    }

    static List<String> missing(Map<String, String> columns) {
        return NEEDED.stream()
                .filter(f -> !columns.containsKey(f) && !(f.equals("usualName") && columns.containsKey("birthName")))
                .toList();
    }

    private static @Nullable String firstOf(List<String> words, List<String> headers) {
        for (String word : words) {
            for (String header : headers) {
                if (plain(header).equals(word)) {
                    return header;
                }
            }
        }
        return null;
    }

    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", " ")
                .strip();
    }
}
