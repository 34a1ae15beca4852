package org.entente.identity.session;

import org.entente.base.Bulk;
import org.entente.directory.AffiliationsChanged;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When another member takes somebody in, what they confirmed before does not speak for it: sessions that began by a confirmed source end, in the transaction
 * that does it. Those that were never confirmed count for their own member only, and go on as they were.
 */
@Component
class ReachFollower {

    private final JdbcClient jdbc;

    ReachFollower(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    public void end(AffiliationsChanged change) {
        Bulk.run(
                jdbc,
                change.many(),
                () -> jdbc.sql("""
                        DELETE FROM identity.session s USING (
                            SELECT DISTINCT c.person FROM directory.v_change c
                            WHERE c.change_set = ? AND c.what IN ('started', 'reopened') AND NOT EXISTS (
                                SELECT FROM directory.v_affiliation a
                                WHERE a.person = c.person AND a.member = c.member AND a.live AND a.id <> c.affiliation)) joined
                        WHERE s.person = joined.person AND s.by_source AND s.only_members IS NULL""").param(change.changeSet().value()).update());
    }
}
