package org.entente.files;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.directory.MemberId;
import org.entente.reading.Texts;
import org.entente.reading.Written;
import org.entente.storage.ContentId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Asks for the reading of files that nobody asked for: those that were there before, and those of a member that wants it again. */
@Component
class TextWanting {

    private static final int BATCH = 1000;

    private record Unread(UUID id, UUID content, UUID member, String mediaType, long size) {}

    private final JdbcClient jdbc;
    private final Texts texts;
    private final TransactionOperations transaction;

    TextWanting(JdbcClient jdbc, Texts texts, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.texts = texts;
        this.transaction = transaction;
    }

    @Scheduled(
            initialDelayString = "${entente.files.texts.first:2m}",
            fixedDelayString = "${entente.files.texts.every:15m}")
    @SchedulerLock(name = "files-texts", lockAtMostFor = "PT1H")
    public void ask() {
        if (!texts.on()) {
            return;
        }
        UUID last = new UUID(0, 0);
        List<Unread> some;
        do {
            UUID after = last;
            some = Objects.requireNonNull(transaction.execute(status -> askSome(after)));
            last = some.isEmpty() ? last : some.getLast().id();
        } while (some.size() == BATCH);
    }

    private List<Unread> askSome(UUID after) {
        List<Unread> some = jdbc.sql("""
                SELECT n.id, n.content, o.member, n.media_type, n.size FROM files.node n JOIN files.space o ON o.id = n.space
                WHERE n.id > :after AND n.content IS NOT NULL AND n.size > 0
                    AND NOT EXISTS (SELECT FROM reading.v_silence q WHERE q.member = o.member)
                    AND NOT EXISTS (SELECT FROM reading.v_content r WHERE r.content = n.content)
                ORDER BY n.id LIMIT :batch""")
                .param("after", after)
                .param("batch", BATCH)
                .query(Unread.class)
                .list();
        Map<UUID, List<Written>> byMember = some.stream()
                .collect(Collectors.groupingBy(
                        Unread::member,
                        Collectors.mapping(
                                one -> new Written(new ContentId(one.content()), one.mediaType(), one.size()),
                                Collectors.toList())));
        byMember.forEach((member, contents) -> texts.want(new MemberId(member), contents));
        return some;
    }
}
