package org.entente.portal;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What has happened that concerns the person: the same in every capacity. */
@RestController
class NoticesController {

    record Notice(
            UUID id,
            Instant at,
            String kind,
            String title,
            String body,
            @Nullable String to,
            boolean read) {}

    record Read(@Nullable List<UUID> ids) {}

    private final Notices notices;
    private final NoticeWords words;

    NoticesController(Notices notices, NoticeWords words) {
        this.notices = notices;
        this.words = words;
    }

    @GetMapping("/api/notices")
    @Needs(Right.WHOLE_PERSON)
    Page<Notice> list(
            Actor actor,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "30") int limit,
            Locale locale) {
        Page<Notices.Kept> kept = notices.of(actor.person(), Math.max(0, offset), Page.size(limit));
        return new Page<>(
                kept.items().stream()
                        .map(one -> new Notice(
                                one.id(),
                                one.at(),
                                one.kind(),
                                words.title(one, locale),
                                words.body(one, locale),
                                one.link(),
                                one.read()))
                        .toList(),
                kept.total(),
                kept.offset());
    }

    /** All of them when no ids are given. */
    @PostMapping("/api/notices/read")
    @Needs(Right.WHOLE_PERSON)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void read(Actor actor, @RequestBody(required = false) @Nullable Read asked) {
        notices.read(actor.person(), asked == null || asked.ids() == null ? List.of() : asked.ids());
    }
}
