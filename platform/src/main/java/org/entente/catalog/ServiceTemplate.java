package org.entente.catalog;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor to start from, for one known application: what to ask the operator, the descriptor with places for the answers, and
 * what to type in the application's own settings.
 *
 * @param name what the application is called
 * @param signIn how it signs people in, in a word for the list: oidc, saml, link
 * @param proof how sure this is
 * @param source where its makers say so; null when nothing was found
 * @param questions in the order in which they are asked
 * @param descriptor YAML with {@code {{question}}} inside double quotes
 * @param steps what to do in the application, with the same places
 */
record ServiceTemplate(
        String id,
        String name,
        String category,
        String icon,
        Words summary,
        String signIn,
        Proof proof,
        @Nullable String source,
        List<Question> questions,
        String descriptor,
        Words steps) {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-zA-Z]+)}}");

    ServiceTemplate {
        questions = List.copyOf(questions);
    }

    /** How sure it is that the application signs people in as the template says. */
    enum Proof {
        /** Its documentation says so, and gives the addresses. */
        DOCUMENTED,
        /** It is known to do so; the addresses are read from the application itself. */
        TO_CHECK,
        /** No way of signing in by this territory is known: a link. */
        NONE
    }

    /** @param example shown in the empty field; what stands in it for the id and the name */
    record Question(String id, Kind kind, Words label, String example) {}

    /** What an answer has to be. */
    enum Kind {
        /** An id of the catalogue. */
        ID,
        /** A name people read. */
        TEXT,
        /** A host name, also with a port. */
        HOST,
        /** A whole https address. */
        URL,
        /** The name of a secret, never the secret itself. */
        SECRET
    }

    /** The descriptor with these answers, each of which was checked by {@link TemplateAnswers}. */
    String filledDescriptor(Map<String, String> answers) {
        return filled(descriptor, answers, true);
    }

    Words filledSteps(Map<String, String> answers) {
        return new Words(filled(steps.fr(), answers, false), filled(steps.en(), answers, false));
    }

    private static String filled(String text, Map<String, String> answers, boolean yaml) {
        Matcher places = PLACE.matcher(text);
        // One pass: what looks like a place in an answer stays what it is.
        return places.replaceAll(place -> {
            String answer = answers.getOrDefault(place.group(1), "");
            return Matcher.quoteReplacement(yaml ? escaped(answer) : answer);
        });
    }

    /** For a scalar in double quotes (YAML 1.2, 7.3.1). Control characters never come here. */
    private static String escaped(String answer) {
        return answer.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
