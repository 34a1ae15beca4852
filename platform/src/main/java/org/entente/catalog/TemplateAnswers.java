package org.entente.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/** Reads what an operator answered to the questions of a template: each answer is what its kind says, or is refused by its field. */
final class TemplateAnswers {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,39}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_.-]{1,80}");
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")+(:[1-9][0-9]{0,3}|:[1-5][0-9]{4})?");
    private static final int LONGEST_TEXT = 60;
    private static final int LONGEST_URL = 250;

    private TemplateAnswers() {}

    /** @throws Refusal that names the first question whose answer is missing or wrong */
    static Map<String, String> read(ServiceTemplate template, Map<String, String> given) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (ServiceTemplate.Question question : template.questions()) {
            answers.put(question.id(), answer(question, given.get(question.id())));
        }
        return answers;
    }

    private static String answer(ServiceTemplate.Question question, @Nullable String given) {
        String text = given == null ? "" : given.strip();
        if (text.isEmpty()) {
            throw Refusal.invalidField(
                    question.id(), "template.missing", question.label().fr());
        }
        return switch (question.kind()) {
            case ID -> matching(question, text, ID, "template.id");
            case SECRET -> matching(question, text, SECRET, "template.secret");
            case HOST -> matching(question, host(text), HOST, "template.host");
            case URL -> url(question, text);
            case TEXT -> text(question, text);
        };
    }

    /** An address pasted from the browser is taken as the host it names. */
    private static String host(String text) {
        return text.toLowerCase(Locale.ROOT).replaceFirst("^https://", "").replaceFirst("/$", "");
    }

    private static String matching(ServiceTemplate.Question question, String text, Pattern pattern, String code) {
        if (!pattern.matcher(text).matches()) {
            throw Refusal.invalidField(question.id(), code, shown(text));
        }
        return text;
    }

    private static String url(ServiceTemplate.Question question, String text) {
        try {
            URI uri = new URI(text);
            if ("https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && text.length() <= LONGEST_URL) {
                return text;
            }
        } catch (URISyntaxException e) {
            throw Refusal.invalidField(question.id(), "template.url", shown(text));
        }
        throw Refusal.invalidField(question.id(), "template.url", shown(text));
    }

    private static String text(ServiceTemplate.Question question, String text) {
        boolean plain = text.codePoints().noneMatch(TemplateAnswers::isUnprintable);
        if (!plain || text.length() > LONGEST_TEXT) {
            throw Refusal.invalidField(question.id(), "template.text", LONGEST_TEXT);
        }
        return text;
    }

    /** What YAML does not take as it is, or a reader does not see: controls, line ends, marks of direction, halves of characters. */
    private static boolean isUnprintable(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE;
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(80, text.length())).replaceAll("\\p{Cntrl}", "\ufffd");
    }
}
