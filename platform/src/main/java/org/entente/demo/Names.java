package org.entente.demo;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** First names and family names that are common in France, put together by chance: any likeness is fortuitous. */
final class Names {

    static final List<String> WOMEN = List.of(
            ("Marie,Nathalie,Isabelle,Sylvie,Catherine,Françoise,Valérie,Christine,Sandrine,Stéphanie,Céline,Aurélie,Julie,Émilie,Laura,"
                            + "Camille,Sarah,Léa,Manon,Chloé,Inès,Jade,Lina,Fatima,Nadia,Samira,Yasmina,Leïla,Khadija,Amina,Aïcha,Mariam,Fanta,Awa,Thi Mai,"
                            + "Linh,Ana,Sofia,Elena,Irina,Marie-Claude,Anne-Sophie,Marie-Laure,Hélène,Agnès,Véronique,Brigitte,Corinne,Delphine,Élodie,Mélanie,"
                            + "Pauline,Clémence,Éléonore,Margaux,Noémie,Solène,Gaëlle,Maëlle,Zoé")
                    .split(","));
    static final List<String> MEN = List.of(
            ("Jean,Philippe,Michel,Alain,Patrick,Nicolas,Christophe,Pierre,Laurent,Frédéric,David,Julien,Thomas,Alexandre,Maxime,Antoine,Lucas,"
                            + "Hugo,Théo,Louis,Mohamed,Karim,Rachid,Mehdi,Ali,Youssef,Omar,Mamadou,Ibrahima,Moussa,Minh,Duc,Paulo,Miguel,Marco,Ivan,Jean-Paul,"
                            + "Jean-Christophe,Pierre-Yves,Jean-Marc,François,Sébastien,Benoît,Cédric,Gérôme,Loïc,Yann,Gaël,Mathéo,Noé,Raphaël,Gabriel,Étienne,"
                            + "Rémi,Joël,Emmanuel,Olivier,Bruno,Didier,Hervé")
                    .split(","));
    static final List<String> FAMILIES = List.of(
            ("Martin,Bernard,Thomas,Petit,Robert,Richard,Durand,Dubois,Moreau,Laurent,Simon,Michel,Lefebvre,Leroy,Roux,David,Bertrand,Morel,"
                            + "Fournier,Girard,Bonnet,Dupont,Lambert,Fontaine,Rousseau,Vincent,Muller,Lefèvre,Faure,André,Mercier,Blanc,Guérin,Boyer,Garnier,"
                            + "Chevalier,François,Legrand,Gauthier,Garcia,Perrin,Robin,Clément,Morin,Nicolas,Henry,Roussel,Mathieu,Gautier,Masson,Marchand,"
                            + "Duval,Denis,Dumont,Marie,Lemaire,Noël,Meyer,Dufour,Meunier,Brun,Blanchard,Giraud,Joly,Rivière,Lucas,Brunet,Gaillard,Barbier,"
                            + "Arnaud,Martinez,Gérard,Roche,Renard,Schmitt,Roy,Leroux,Colin,Vidal,Caron,Picard,Roger,Fabre,Aubert,Lemoine,Renaud,Dumas,Lacroix,"
                            + "Olivier,Philippe,Bourgeois,Pierre,Benoît,Rey,Leclerc,Payet,Rolland,Leclercq,Guillaume,Lecomte,Lopez,Jean,Dupuy,Guillot,Hubert,"
                            + "Berger,Carpentier,Sanchez,Dupuis,Moulin,Louis,Deschamps,Huet,Vasseur,Perez,Boucher,Fleury,Royer,Klein,Jacquet,Adam,Paris,Poirier,"
                            + "Marty,Aubry,Guyot,Carré,Charles,Renault,Charpentier,Ménard,Maillard,Baron,Bertin,Bailly,Hervé,Schneider,Fernandez,Le Gall,Collet,"
                            + "Léger,Bouvier,Julien,Prévost,Millet,Perrot,Daniel,Le Roux,Cousin,Germain,Breton,Besson,Langlois,Rémy,Le Goff,Pelletier,Lévêque,"
                            + "Perrier,Leblanc,Barré,Lebrun,Marchal,Weber,Mallet,Hamon,Boulanger,Jacob,Monnier,Michaud,Rodriguez,Guichard,Gillet,Étienne,"
                            + "Grondin,Poulain,Tessier,Chevallier,Collin,Chauvin,Da Silva,Bouchet,Gay,Lemaître,Bénard,Maréchal,Humbert,Reynaud,Antoine,Hoarau,"
                            + "Perret,Barthélemy,Cordier,Pichon,Lejeune,Gilbert,Lamy,Delaunay,Pasquier,Carlier,Laporte,Benali,Haddad,Diallo,Traoré,Nguyen,Tran,"
                            + "Belkacem,Cissé,Bensaïd,Ferreira,Ait Ali,D’Angelo,O’Brien,Ben Youssef,Keïta,Konaté,Saïdi,Mansouri,Cherif,Hamdi")
                    .split(","));

    private Names() {}

    /** The local part of an address: no accent, no space. */
    static String local(String given, String usual) {
        return (plain(given) + "." + plain(usual));
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]+", "-");
    }
}
