package org.entente.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTemplatesTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-zA-Z]+)}}");
    private static final Set<String> CONNECTORS = Set.of("scim", "webhook", "nextcloud", "synapse");

    static Stream<ServiceTemplate> templates() {
        return new ServiceTemplates().all().stream();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void theCatalogueTakesEachOnceItsQuestionsAreAnswered(ServiceTemplate template) {
        DescriptorReader.Reading reading = read(template, examples(template));

        assertThat(reading.problems()).isEmpty();
        Service service = java.util.Objects.requireNonNull(reading.descriptor()).service();
        assertThat(service.id()).isEqualTo(template.id());
        assertThat(service.name().fr()).isEqualTo(template.name());
        assertThat(service.signIn().kind()).isEqualTo(template.signIn());
        assertThat(service.category()).isEqualTo(template.category());
        if (service.connector() != null) {
            assertThat(CONNECTORS).contains(service.connector());
        }
    }

    /** An answer is escaped for a scalar in double quotes: anywhere else it could become YAML of its own. */
    @ParameterizedTest
    @MethodSource("templates")
    void everyPlaceForAnAnswerStandsInDoubleQuotesAndHasItsQuestion(ServiceTemplate template) {
        Set<String> questions =
                template.questions().stream().map(ServiceTemplate.Question::id).collect(Collectors.toSet());
        assertThat(questions).hasSize(template.questions().size());
        template.descriptor().lines().forEach(line -> {
            Matcher places = PLACE.matcher(line);
            while (places.find()) {
                long quotesBefore = line.substring(0, places.start())
                        .chars()
                        .filter(c -> c == '"')
                        .count();
                assertThat(quotesBefore % 2).as(line).isEqualTo(1);
                assertThat(questions).contains(places.group(1));
            }
        });
        for (String text : List.of(template.steps().fr(), template.steps().en())) {
            Matcher places = PLACE.matcher(text);
            while (places.find()) {
                assertThat(places.group(1))
                        .isIn(Stream.concat(questions.stream(), Stream.of("issuer"))
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aTemplateThatSaysItIsDocumentedSaysWhere(ServiceTemplate template) {
        assertThat(template.proof() != ServiceTemplate.Proof.DOCUMENTED || template.source() != null)
                .isTrue();
        assertThat(template.proof() == ServiceTemplate.Proof.NONE)
                .isEqualTo(template.signIn().equals("link"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "L’atelier \"du coin\"",
                "a\", en: \"b\"} # c",
                "back\\slash \\n \\",
                "{{secret}} ${secret:OTHER}",
                "- [x]: {y} & *z !!t",
                "$1 \\$2"
            })
    void aNameStaysWhatItIsWhateverYamlWouldMakeOfIt(String name) {
        ServiceTemplate template = template("generic-oidc");
        Map<String, String> answers = examples(template);
        answers.put("name", name);

        DescriptorReader.Reading reading = read(template, answers);

        assertThat(reading.problems()).isEmpty();
        assertThat(java.util.Objects.requireNonNull(reading.descriptor())
                        .service()
                        .name())
                .isEqualTo(new Words(name, name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id       | Majuscule",
                "id       | ../../etc",
                "name     | two\\nlines",
                "name     | hidden\u202Etext",
                "host     | not a host",
                "host     | host.example\"]",
                "host     | user@host.example",
                "host     | host.example/path",
                "host     | localhost",
                "host     | host.example:99999",
                "redirect | http://app.example.fr/cb",
                "redirect | javascript:alert(1)",
                "redirect | https://app.example.fr/\"]",
                "redirect | https://user:pass@app.example.fr/",
                "redirect | https://app.example.fr/#part",
                "secret   | the secret itself!",
                "secret   | ''"
            })
    void anAnswerThatIsNotOfItsKindIsRefusedByItsField(String question, String wrong) {
        ServiceTemplate template = template("generic-oidc");
        Map<String, String> answers = examples(template);
        answers.put(question, wrong.replace("\\n", "\n"));

        assertThatThrownBy(() -> TemplateAnswers.read(template, answers))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fields()).containsKey(question));
    }

    @Test
    void anAddressPastedFromTheBrowserIsTakenAsItsHost() {
        ServiceTemplate template = template("nextcloud");
        Map<String, String> answers = examples(template);
        answers.put("host", " https://Fichiers.Exemple.fr/ ");

        assertThat(TemplateAnswers.read(template, answers)).containsEntry("host", "fichiers.exemple.fr");
    }

    private static ServiceTemplate template(String id) {
        return new ServiceTemplates().find(id).orElseThrow();
    }

    private static Map<String, String> examples(ServiceTemplate template) {
        Map<String, String> answers = new HashMap<>();
        template.questions().forEach(question -> answers.put(question.id(), question.example()));
        return answers;
    }

    private static DescriptorReader.Reading read(ServiceTemplate template, Map<String, String> answers) {
        return DescriptorReader.read("test.yaml", template.filledDescriptor(TemplateAnswers.read(template, answers)));
    }
}
