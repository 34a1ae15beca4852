package org.entente.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The templates that come with Entente, in {@code catalog-templates}: none of them is a service before an operator makes one of it. */
@Component
class ServiceTemplates {

    private final List<ServiceTemplate> all;

    ServiceTemplates() {
        all = read();
    }

    /** In the order of their names. */
    List<ServiceTemplate> all() {
        return all;
    }

    Optional<ServiceTemplate> find(String id) {
        return all.stream().filter(template -> template.id().equals(id)).findFirst();
    }

    private static List<ServiceTemplate> read() {
        List<ServiceTemplate> found = new ArrayList<>();
        try {
            for (Resource resource :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:catalog-templates/*.yaml")) {
                String file = Objects.requireNonNull(resource.getFilename());
                found.add(template(
                        file.substring(0, file.length() - ".yaml".length()),
                        resource.getContentAsString(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(Comparator.comparing(template -> template.name().toLowerCase(Locale.ROOT)));
        return List.copyOf(found);
    }

    private static ServiceTemplate template(String id, String yaml) {
        Map<?, ?> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        String name = text(file, "name");
        List<ServiceTemplate.Question> questions = new ArrayList<>();
        questions.add(new ServiceTemplate.Question(
                "id", ServiceTemplate.Kind.ID, new Words("Identifiant du service", "Id of the service"), id));
        questions.add(new ServiceTemplate.Question(
                "name",
                ServiceTemplate.Kind.TEXT,
                new Words("Nom que les gens liront", "Name that people will read"),
                name));
        for (Object one : (List<?>) Objects.requireNonNullElse(file.get("questions"), List.of())) {
            Map<?, ?> question = (Map<?, ?>) one;
            questions.add(new ServiceTemplate.Question(
                    text(question, "id"),
                    ServiceTemplate.Kind.valueOf(text(question, "kind").toUpperCase(Locale.ROOT)),
                    words(question, "label"),
                    text(question, "example")));
        }
        return new ServiceTemplate(
                id,
                name,
                text(file, "category"),
                text(file, "icon"),
                words(file, "summary"),
                text(file, "signIn"),
                ServiceTemplate.Proof.valueOf(
                        text(file, "proof").replace('-', '_').toUpperCase(Locale.ROOT)),
                (@Nullable String) file.get("source"),
                questions,
                text(file, "descriptor"),
                words(file, "steps"));
    }

    private static Words words(Map<?, ?> at, String key) {
        Map<?, ?> both = (Map<?, ?>) Objects.requireNonNull(at.get(key), key);
        return new Words(text(both, "fr"), text(both, "en"));
    }

    private static String text(Map<?, ?> at, String key) {
        return String.valueOf(Objects.requireNonNull(at.get(key), key)).strip();
    }
}
