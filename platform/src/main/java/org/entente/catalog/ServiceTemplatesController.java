package org.entente.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.entente.base.Refusal;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets the operator start a service from what is known of its application. Nothing is written: the answer is a descriptor to look at. */
@RestController
@RequestMapping("/api/operator/service-templates")
class ServiceTemplatesController {

    private final ServiceTemplates templates;
    private final MessageSource messages;
    private final Map<String, String> territory;

    ServiceTemplatesController(
            ServiceTemplates templates,
            MessageSource messages,
            @Value("${entente.keycloak.public-url:${entente.keycloak.url:http://127.0.0.1:8401}}") String signIn,
            @Value("${entente.keycloak.realm:entente}") String realm) {
        this.templates = templates;
        this.messages = messages;
        this.territory = Map.of("issuer", signIn.replaceAll("/+$", "") + "/realms/" + realm);
    }

    record QuestionView(String id, String kind, Words label, String example) {}

    /** @param proof documented, to-check or none: how sure the way of signing in is */
    record TemplateView(
            String id,
            String name,
            String category,
            String icon,
            Words summary,
            String signIn,
            String proof,
            @Nullable String source,
            List<QuestionView> questions) {}

    record Answers(@Nullable Map<String, String> answers) {}

    record Problem(int line, String text) {}

    /**
     * @param file what to call it in the catalogue's folder
     * @param problems why the catalogue would not take it as it stands; empty when it would
     * @param steps what to do in the application
     */
    record Filled(String file, String yaml, List<Problem> problems, Words steps) {}

    @GetMapping
    @Needs(Right.READ_TERRITORY)
    List<TemplateView> list() {
        return templates.all().stream().map(ServiceTemplatesController::view).toList();
    }

    @PostMapping("/{id}")
    @Needs(Right.OPERATE)
    Filled fill(@PathVariable String id, @RequestBody Answers given) {
        ServiceTemplate template = templates.find(id).orElseThrow(() -> Refusal.notFound("template.unknown"));
        Map<String, String> answers =
                new HashMap<>(TemplateAnswers.read(template, given.answers() == null ? Map.of() : given.answers()));
        String file = answers.get("id") + ".yaml";
        answers.putAll(territory);
        String yaml = template.filledDescriptor(answers);
        List<Problem> problems = DescriptorReader.read(file, yaml).problems().stream()
                .map(problem -> new Problem(problem.line(), text(problem)))
                .toList();
        return new Filled(file, yaml, problems, template.filledSteps(answers));
    }

    private static TemplateView view(ServiceTemplate template) {
        return new TemplateView(
                template.id(),
                template.name(),
                template.category(),
                template.icon(),
                template.summary(),
                template.signIn(),
                word(template.proof()),
                template.source(),
                template.questions().stream()
                        .map(question -> new QuestionView(
                                question.id(), word(question.kind()), question.label(), question.example()))
                        .toList());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String text(DescriptorProblem problem) {
        String key = "catalog.problem." + problem.code();
        return String.valueOf(messages.getMessage(key, problem.args().toArray(), key, LocaleContextHolder.getLocale()));
    }
}
