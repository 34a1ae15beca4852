package org.entente.reading;

import java.util.Map;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether what the files of a member say is searched. */
@RestController
@RequestMapping("/api/members/{member}/text-search")
class TextSearchController {

    /** @param territory whether the operator has it on at all @param on whether it is for this member */
    record Shown(boolean territory, boolean on) {}

    record Asked(@Nullable Boolean on) {}

    private final Choice choice;
    private final Texts texts;
    private final ReadingQueue queue;

    TextSearchController(Choice choice, Texts texts, ReadingQueue queue) {
        this.choice = choice;
        this.texts = texts;
        this.queue = queue;
    }

    @GetMapping
    @Needs(Right.READ_MEMBER)
    Shown get(@PathVariable MemberId member) {
        return new Shown(texts.on(), texts.on() && !queue.silent(member));
    }

    @PutMapping
    @Needs(Right.MANAGE_MEMBER)
    Shown put(@PathVariable MemberId member, @RequestBody Asked asked, Actor actor) {
        Boolean on = asked.on();
        if (on == null) {
            throw Refusal.invalidField("on", "input.missing", "on");
        }
        choice.make(member, on, actor.author());
        return get(member);
    }

    /** What was read is forgotten with the choice; what is wanted again is read anew. */
    @Component
    static class Choice {

        private final ReadingQueue queue;
        private final Ledger ledger;

        Choice(ReadingQueue queue, Ledger ledger) {
            this.queue = queue;
            this.ledger = ledger;
        }

        @Transactional
        public void make(MemberId member, boolean on, Author author) {
            if (on == !queue.silent(member)) {
                return;
            }
            if (on) {
                queue.listen(member);
            } else {
                queue.silence(member);
            }
            ledger.record(new Entry(
                    author,
                    on ? "text-search.started" : "text-search.stopped",
                    member.value(),
                    "member",
                    member.toString(),
                    "",
                    Map.of(),
                    Map.of()));
        }
    }
}
