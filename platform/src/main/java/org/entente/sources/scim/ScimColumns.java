package org.entente.sources.scim;

import java.util.Map;

/**
 * What may be asked of a kind of resource in a filter, and where it is.
 *
 * @param known by path, in lower case
 */
record ScimColumns(String what, Map<String, Column> known) {

    /** How an attribute is compared; what is asked of one in another way is refused. */
    enum Kind {
        /** Without regard to case; may be missing. */
        TEXT,
        /** To the letter; may be missing. */
        EXACT,
        ID,
        TIME,
        FLAG,
        /** The only type that addresses and telephones have. */
        WORK,
        /** Whether somebody is in a group, with {@code %s} for their id. */
        MEMBER,
        /** Is always there, and compared with nothing. */
        THERE
    }

    record Column(String sql, Kind kind) {}

    static final ScimColumns USERS = new ScimColumns(
            "Users",
            Map.ofEntries(
                    text("username", "u.lower_name"),
                    text("name.givenname", "lower(p.given_name)"),
                    text("name.familyname", "lower(p.usual_name)"),
                    text("displayname", "lower(p.given_name || ' ' || p.usual_name)"),
                    text("title", "lower(a.function)"),
                    text("usertype", "a.kind"),
                    text("employeenumber", "lower(a.reference)"),
                    text("organization", saidOf("organization", "NULL")),
                    text("division", saidOf("division", "NULL")),
                    text("department", saidOf("department", "a.unit_name")),
                    text("emails", "a.address"),
                    text("emails.value", "a.address"),
                    text("phonenumbers", "a.phone"),
                    text("phonenumbers.value", "a.phone"),
                    is("emails.type", Kind.WORK, "work"),
                    is("phonenumbers.type", Kind.WORK, "work"),
                    is("active", Kind.FLAG, "(a.phase <> 'ended')"),
                    is("name", Kind.THERE, ""),
                    is("id", Kind.ID, "u.affiliation"),
                    is("externalid", Kind.EXACT, "u.external_id"),
                    is("meta.created", Kind.TIME, "u.made_at"),
                    is("meta.lastmodified", Kind.TIME, "u.changed_at"),
                    is("meta", Kind.THERE, ""),
                    is("schemas", Kind.THERE, "")));

    private static final String IN_IT = """
            EXISTS (SELECT FROM sources.scim_user u JOIN directory.v_source a ON a.id = u.affiliation
                    WHERE u.member = g.member AND u.affiliation = %s AND a.phase <> 'ended' AND g.display_name = ANY(a.groups))""";

    static final ScimColumns GROUPS = new ScimColumns(
            "Groups",
            Map.ofEntries(
                    text("displayname", "g.lower_name"),
                    is("members", Kind.MEMBER, IN_IT),
                    is("members.value", Kind.MEMBER, IN_IT),
                    is("id", Kind.ID, "g.id"),
                    is("externalid", Kind.EXACT, "g.external_id"),
                    is("meta.created", Kind.TIME, "g.made_at"),
                    is("meta.lastmodified", Kind.TIME, "g.changed_at"),
                    is("meta", Kind.THERE, ""),
                    is("schemas", Kind.THERE, "")));

    private static Map.Entry<String, Column> text(String path, String sql) {
        return is(path, Kind.TEXT, sql);
    }

    private static Map.Entry<String, Column> is(String path, Kind kind, String sql) {
        return Map.entry(path, new Column(sql, kind));
    }

    /** As it is shown: see {@link ScimUsers}. */
    private static String saidOf(String part, String otherwise) {
        return "lower(CASE WHEN s.id IS NOT NULL AND (s.unit IS NULL OR s.unit = a.unit) THEN s.%s ELSE %s END)"
                .formatted(part, otherwise);
    }
}
