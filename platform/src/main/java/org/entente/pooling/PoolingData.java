package org.entente.pooling;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.PersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells a person what this room keeps about them: what they asked for and said. */
@Component
class PoolingData implements PersonalData {

    private final JdbcClient jdbc;
    private final KeyWords words;

    PoolingData(JdbcClient jdbc, KeyWords words) {
        this.jdbc = jdbc;
        this.words = words;
    }

    @Override
    public Section about(UUID person, Locale locale) {
        List<Fact> facts = jdbc.sql("""
                SELECT 'request' AS what, title AS said, at FROM pooling.request WHERE by_person = :person
                UNION ALL SELECT 'talk', text, at FROM pooling.talk WHERE by_person = :person ORDER BY at
                """)
                .param("person", person)
                .query((row, n) -> new Fact(words.text("pooling.data." + row.getString(1), locale), row.getString(2)))
                .list();
        return new Section(
                "pooling", words.text("pooling.data.title", locale), words.text("pooling.data.why", locale), facts);
    }
}
