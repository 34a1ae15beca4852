package org.entente.directory.changes;

import java.util.Collection;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.directory.AffiliationsChanged;
import org.entente.directory.ChangeSetId;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Opens a change set, fills it and tells the rooms above, all inside the transaction of the change. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class ChangeSets {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;

    ChangeSets(JdbcClient jdbc, JsonMapper json, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
    }

    public ChangeSetId open(String cause, Author author) {
        UUID id = jdbc.sql("INSERT INTO directory.change_set (cause, author) VALUES (?, ?::jsonb) RETURNING id")
                .params(cause, json.writeValueAsString(author))
                .query(UUID.class)
                .single();
        return new ChangeSetId(id);
    }

    /** @param what planned, started, changed, ended or reopened */
    public void add(ChangeSetId set, Collection<UUID> affiliations, String what) {
        if (!affiliations.isEmpty()) {
            jdbc.sql("INSERT INTO directory.change (change_set, affiliation, what) SELECT ?, a, ? FROM unnest(?) a")
                    .params(set.value(), what, affiliations.toArray(UUID[]::new))
                    .update();
        }
    }

    public void tell(ChangeSetId set) {
        long size = jdbc.sql("SELECT count(*) FROM directory.change WHERE change_set = ?")
                .param(set.value())
                .query(Long.class)
                .single();
        events.publishEvent(new AffiliationsChanged(set, size));
    }
}
