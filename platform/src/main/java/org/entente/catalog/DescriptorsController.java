package org.entente.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The operator describes an application on the screen, and keeps the secrets it needs. */
@RestController
@RequestMapping("/api/operator")
@Needs(Right.OPERATE)
class DescriptorsController {

    private final WrittenDescriptors descriptors;
    private final DescriptorCheck check;
    private final WrittenStore store;
    private final MessageSource messages;

    DescriptorsController(
            WrittenDescriptors descriptors, DescriptorCheck check, WrittenStore store, MessageSource messages) {
        this.descriptors = descriptors;
        this.check = check;
        this.store = store;
        this.messages = messages;
    }

    record Text(@Nullable String yaml, @Nullable Integer revision) {}

    /** @param revision of what was written on the screen; null when it comes from a file, which the screen only shows */
    record Description(
            String id,
            String yaml,
            @Nullable Integer revision,
            @Nullable Instant writtenAt,
            @Nullable String writtenBy) {}

    record Problem(int line, String text) {}

    /** @param secrets names of kept secrets that have to be typed: there are none yet, or they would go elsewhere */
    record Checked(@Nullable ServiceView service, List<Problem> problems, Set<String> secrets) {}

    record KeptSecret(String name, Instant keptAt, @Nullable String keptBy, List<String> usedBy) {}

    record Value(@Nullable String value) {}

    record Metadata(@Nullable String xml) {}

    @PostMapping("/descriptors/check")
    Checked check(@RequestBody Text text, Actor actor, Locale locale) {
        DescriptorCheck.Checked checked = check.check(yaml(text), actor.person());
        Service service = checked.service();
        return new Checked(
                service == null ? null : ServiceView.of(service),
                checked.problems().stream()
                        .map(problem -> new Problem(problem.line(), words(problem, locale)))
                        .toList(),
                checked.secrets());
    }

    @GetMapping("/services/{id}/descriptor")
    Description read(@PathVariable String id) {
        return store.find(id)
                .map(written -> new Description(
                        id, written.yaml(), written.revision(), written.at().toInstant(), written.by()))
                .or(() -> descriptors.text(id).map(yaml -> new Description(id, yaml, null, null, null)))
                .orElseThrow(() -> Refusal.notFound("descriptor.unknown", id));
    }

    @PutMapping("/services/{id}/descriptor")
    Description save(@PathVariable String id, @RequestBody Text text, Actor actor) {
        descriptors.save(id, yaml(text), text.revision(), actor);
        return read(id);
    }

    @DeleteMapping("/services/{id}/descriptor")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id, Actor actor) {
        descriptors.remove(id, actor);
    }

    @PostMapping("/descriptors/saml-metadata")
    SamlMetadata metadata(@RequestBody Metadata metadata) {
        return SamlMetadata.read(metadata.xml());
    }

    @GetMapping("/secrets")
    List<KeptSecret> secrets() {
        return store.secrets().stream()
                .map(kept -> new KeptSecret(
                        kept.name().substring(Secrets.KEPT.length()),
                        kept.at().toInstant(),
                        kept.byName(),
                        descriptors.usersOf(kept.name())))
                .toList();
    }

    @PutMapping("/secrets/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void keep(@PathVariable String name, @RequestBody Value value, Actor actor) {
        descriptors.keep(name, value.value(), actor);
    }

    /** Told once: whoever runs the application types it there. */
    @PostMapping("/secrets/{name}/generate")
    Value generate(@PathVariable String name, Actor actor) {
        return new Value(descriptors.generate(name, actor));
    }

    @DeleteMapping("/secrets/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@PathVariable String name, Actor actor) {
        descriptors.forget(name, actor);
    }

    private static String yaml(Text text) {
        String yaml = text.yaml();
        if (yaml == null || yaml.isBlank()) {
            throw Refusal.invalidField("yaml", "descriptor.empty");
        }
        return yaml;
    }

    private String words(DescriptorProblem problem, Locale locale) {
        String key = "catalog.problem." + problem.code();
        return String.valueOf(messages.getMessage(key, problem.args().toArray(), key, locale));
    }
}
