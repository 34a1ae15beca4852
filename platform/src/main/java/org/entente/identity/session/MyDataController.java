package org.entente.identity.session;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.entente.base.PersonalData;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the territory knows of me, from every room that keeps something. */
@RestController
class MyDataController {

    private final List<PersonalData> rooms;
    private final Clock clock;

    MyDataController(List<PersonalData> rooms, Clock clock) {
        this.rooms = rooms;
        this.clock = clock;
    }

    record MyData(List<PersonalData.Section> sections) {}

    record Export(Instant at, String person, List<PersonalData.Section> sections) {}

    @GetMapping("/api/me/data")
    @Needs(Right.WHOLE_PERSON)
    MyData mine(Actor actor, Locale locale) {
        return new MyData(sections(actor, locale));
    }

    @GetMapping("/api/me/data/export")
    @Needs(Right.WHOLE_PERSON)
    ResponseEntity<Export> export(Actor actor, Locale locale) {
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("entente.json")
                                .build()
                                .toString())
                .body(new Export(clock.instant(), actor.person().toString(), sections(actor, locale)));
    }

    private List<PersonalData.Section> sections(Actor actor, Locale locale) {
        return rooms.stream()
                .map(room -> room.about(actor.person().value(), locale))
                .sorted(Comparator.comparing(PersonalData.Section::id))
                .toList();
    }
}
