package org.entente.sources;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.PersonalData;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells a person by which software of their member they are kept here, and how it calls them. */
@Component
class SourcesData implements PersonalData {

    private final JdbcClient jdbc;
    private final MessageSource messages;

    SourcesData(JdbcClient jdbc, MessageSource messages) {
        this.jdbc = jdbc;
        this.messages = messages;
    }

    @Override
    public Section about(UUID person, Locale locale) {
        List<Fact> facts = new ArrayList<>(jdbc.sql("""
                SELECT m.name, u.user_name || coalesce(' (' || u.external_id || ')', '') AS called FROM sources.scim_user u
                JOIN directory.v_source a ON a.id = u.affiliation JOIN directory.v_member m ON m.id = a.member WHERE a.person = ? ORDER BY u.made_at
                """)
                .param(person)
                .query((row, n) -> new Fact(row.getString(1), row.getString(2)))
                .list());
        facts.addAll(jdbc.sql("""
                SELECT m.name, t.failures FROM sources.ldap_try t
                JOIN directory.v_source a ON a.id = t.affiliation JOIN directory.v_member m ON m.id = a.member WHERE a.person = ? ORDER BY m.name
                """)
                .param(person)
                .query((row, n) -> new Fact(
                        row.getString(1),
                        messages.getMessage("sources.data.tries", new Object[] {row.getInt(2)}, locale)))
                .list());
        facts.addAll(jdbc.sql("""
                SELECT m.name, count(*) AS places FROM sources.ldap_place t
                JOIN directory.v_source a ON a.id = t.affiliation JOIN directory.v_member m ON m.id = a.member WHERE a.person = ?
                GROUP BY m.id, m.name ORDER BY m.name
                """)
                .param(person)
                .query((row, n) -> new Fact(
                        row.getString(1),
                        messages.getMessage("sources.data.places", new Object[] {row.getInt(2)}, locale)))
                .list());
        facts.addAll(jdbc.sql("""
                SELECT m.name, p.siret FROM sources.proconnect_partner p
                JOIN directory.v_source a ON a.id = p.affiliation JOIN directory.v_member m ON m.id = a.member WHERE a.person = ? ORDER BY m.name
                """)
                .param(person)
                .query((row, n) -> new Fact(
                        row.getString(1),
                        messages.getMessage("sources.data.invited", new Object[] {row.getString(2)}, locale)))
                .list());
        facts.addAll(jdbc.sql("""
                SELECT c.subject, coalesce(c.address, ''), c.siret FROM sources.proconnect_account c
                JOIN directory.v_source a ON a.id = c.affiliation WHERE a.person = ? ORDER BY c.linked_at
                """)
                .param(person)
                .query((row, n) -> new Fact(
                        row.getString(1),
                        messages.getMessage(
                                "sources.data.proconnect", new Object[] {row.getString(2), row.getString(3)}, locale)))
                .list());
        return new Section("sources", say("sources.data.title", locale), say("sources.data.why", locale), facts);
    }

    private String say(String code, Locale locale) {
        return messages.getMessage(code, null, locale);
    }
}
