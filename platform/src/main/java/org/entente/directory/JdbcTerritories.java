package org.entente.directory;

import java.util.Map;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class JdbcTerritories implements Territories {

    private final JdbcClient jdbc;
    private final Trace trace;

    JdbcTerritories(JdbcClient jdbc, Trace trace) {
        this.jdbc = jdbc;
        this.trace = trace;
    }

    @Override
    @Transactional
    public void make(String name, boolean demo, Author author) {
        int made = jdbc.sql("""
                INSERT INTO directory.territory (name, demo) SELECT ?, ? WHERE NOT EXISTS (SELECT FROM directory.member)
                ON CONFLICT DO NOTHING""").params(Checks.text("name", name, 200), demo).update();
        if (made == 0) {
            throw Refusal.conflict("territory.full");
        }
        trace.other("territory.made", null, "territory", "territory", name, author, Map.of(), Map.of("demo", demo));
    }
}
