package org.entente.demo;

import java.util.List;
import java.util.Map;

/** The units of a town hall and the posts in them, each with its feminine and its masculine. */
final class Posts {

    /** A post in both forms, how often it is met, in which unit. */
    record Job(String unit, String feminine, String masculine, int weight) {
        String title(boolean woman) {
            return woman ? feminine : masculine;
        }
    }

    static final String IT = "Systèmes d’information";
    static final String HR = "Ressources humaines";
    static final String FINANCE = "Finances";
    static final String COUNCIL = "Cabinet et assemblées";

    /** Units and the units below them. */
    static final Map<String, List<String>> UNITS = Map.ofEntries(
            Map.entry("Direction générale des services", List.of()),
            Map.entry(HR, List.of("Paie et carrières", "Formation")),
            Map.entry(FINANCE, List.of("Commande publique")),
            Map.entry(IT, List.of()),
            Map.entry("Éducation et petite enfance", List.of("Écoles", "Crèches", "Restauration scolaire")),
            Map.entry("Cadre de vie", List.of("Voirie", "Espaces verts", "Propreté")),
            Map.entry("Culture", List.of("Médiathèque", "École de musique")),
            Map.entry("Action sociale", List.of()),
            Map.entry("Population et accueil", List.of("État civil")),
            Map.entry("Urbanisme", List.of()),
            Map.entry("Police municipale", List.of()),
            Map.entry("Sports", List.of()),
            Map.entry(COUNCIL, List.of("Communication")));

    static final List<Job> JOBS = List.of(
            new Job(
                    "Direction générale des services",
                    "Directrice générale des services",
                    "Directeur général des services",
                    1),
            new Job(HR, "Responsable des ressources humaines", "Responsable des ressources humaines", 1),
            new Job("Paie et carrières", "Gestionnaire de paie", "Gestionnaire de paie", 3),
            new Job("Formation", "Chargée de formation", "Chargé de formation", 1),
            new Job(FINANCE, "Gestionnaire comptable", "Gestionnaire comptable", 4),
            new Job("Commande publique", "Acheteuse publique", "Acheteur public", 2),
            new Job(IT, "Administratrice systèmes", "Administrateur systèmes", 2),
            new Job(IT, "Technicienne support", "Technicien support", 2),
            new Job("Écoles", "Agente d’école maternelle", "Agent d’école maternelle", 12),
            new Job("Écoles", "Animatrice périscolaire", "Animateur périscolaire", 9),
            new Job("Crèches", "Éducatrice de jeunes enfants", "Éducateur de jeunes enfants", 5),
            new Job("Crèches", "Auxiliaire de puériculture", "Auxiliaire de puériculture", 7),
            new Job("Restauration scolaire", "Cuisinière", "Cuisinier", 5),
            new Job("Voirie", "Agente de voirie", "Agent de voirie", 6),
            new Job("Espaces verts", "Jardinière", "Jardinier", 6),
            new Job("Propreté", "Agente de propreté", "Agent de propreté", 6),
            new Job("Médiathèque", "Bibliothécaire", "Bibliothécaire", 4),
            new Job("École de musique", "Professeure de musique", "Professeur de musique", 3),
            new Job("Action sociale", "Assistante sociale", "Assistant social", 5),
            new Job("Population et accueil", "Chargée d’accueil", "Chargé d’accueil", 4),
            new Job("État civil", "Officière d’état civil", "Officier d’état civil", 3),
            new Job("Urbanisme", "Instructrice du droit des sols", "Instructeur du droit des sols", 3),
            new Job("Police municipale", "Policière municipale", "Policier municipal", 5),
            new Job("Sports", "Éducatrice sportive", "Éducateur sportif", 3),
            new Job("Communication", "Chargée de communication", "Chargé de communication", 2));

    static final List<Job> MANDATES = List.of(
            new Job(COUNCIL, "Adjointe au maire", "Adjoint au maire", 1),
            new Job(COUNCIL, "Conseillère municipale déléguée", "Conseiller municipal délégué", 1),
            new Job(COUNCIL, "Conseillère municipale", "Conseiller municipal", 2));

    private Posts() {}
}
