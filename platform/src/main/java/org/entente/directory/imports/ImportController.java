package org.entente.directory.imports;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The HR import of a member. */
@RestController
@RequestMapping("/api/members/{member}/imports")
class ImportController {

    private final ImportDesk desk;
    private final ImportReader reader;

    ImportController(ImportDesk desk, ImportReader reader) {
        this.desk = desk;
        this.reader = reader;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Right.MANAGE_PEOPLE)
    ImportReader.Import take(
            @PathVariable MemberId member,
            @RequestParam MultipartFile file,
            @RequestParam(required = false) @Nullable String separator,
            @RequestParam(required = false) @Nullable String encoding,
            Actor actor,
            Locale locale) {
        UUID id = desk.take(member.value(), fileName(file), file, separator, encoding, actor.author());
        return reader.one(member.value(), id, locale);
    }

    @GetMapping
    @Needs(Right.READ_MEMBER)
    List<ImportReader.Import> all(@PathVariable MemberId member, Locale locale) {
        return reader.latest(member.value(), locale);
    }

    @GetMapping("{id}")
    @Needs(Right.READ_MEMBER)
    ImportReader.Import one(@PathVariable MemberId member, @PathVariable UUID id, Locale locale) {
        return reader.one(member.value(), id, locale);
    }

    @GetMapping("{id}/rows")
    @Needs(Right.READ_MEMBER)
    Page<ImportReader.Row> rows(
            @PathVariable MemberId member,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String what,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit,
            Locale locale) {
        return reader.rows(member.value(), id, what, offset, limit, locale);
    }

    record Mapping(@Nullable Map<String, @Nullable String> columns) {}

    @PutMapping("{id}/mapping")
    @Needs(Right.MANAGE_PEOPLE)
    ImportReader.Import remap(
            @PathVariable MemberId member, @PathVariable UUID id, @RequestBody Mapping mapping, Locale locale) {
        if (mapping.columns() == null) {
            throw Refusal.invalidField("columns", "field.missing", "columns");
        }
        desk.remap(member.value(), id, mapping.columns());
        return reader.one(member.value(), id, locale);
    }

    record Decided(
            int line, @Nullable String decision, @Nullable UUID person) {}

    @PutMapping("{id}/decisions")
    @Needs(Right.MANAGE_PEOPLE)
    ImportReader.Import decide(
            @PathVariable MemberId member, @PathVariable UUID id, @RequestBody Decided decided, Locale locale) {
        desk.decide(member.value(), id, decided.line(), String.valueOf(decided.decision()), decided.person());
        return reader.one(member.value(), id, locale);
    }

    record Confirmation(@Nullable Integer confirmDepartures) {}

    @PostMapping("{id}/apply")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Right.MANAGE_PEOPLE)
    ImportReader.Import apply(
            @PathVariable MemberId member,
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable Confirmation confirmation,
            Actor actor,
            Locale locale) {
        desk.apply(member.value(), id, confirmation == null ? null : confirmation.confirmDepartures(), actor.author());
        return reader.one(member.value(), id, locale);
    }

    @DeleteMapping("{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Right.MANAGE_PEOPLE)
    void forget(@PathVariable MemberId member, @PathVariable UUID id) {
        desk.forget(member.value(), id);
    }

    private static String fileName(MultipartFile file) {
        String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "");
        return last.isBlank() ? "import.csv" : last.substring(0, Math.min(120, last.length()));
    }
}
