package org.entente.files;

/** How those are called with whom something is shared: parts of a statement, of a table with a column {@code to_key} as {@code files.share} has. */
final class GranteeNames {

    private GranteeNames() {}

    /** {@code shown} and {@code detail}; both empty for everyone. */
    static String shown(String table) {
        return """
                coalesce(CASE k.kind WHEN 'c' THEN p.given_name || ' ' || p.usual_name WHEN 'u' THEN u.name WHEN 'x' THEN u.name
                    WHEN 'g' THEN substr(%s.to_key, 40) ELSE m.name END, '') AS shown,
                coalesce(CASE k.kind WHEN 'c' THEN a.function || ', ' || am.name WHEN 'u' THEN um.name WHEN 'x' THEN um.name WHEN 'g' THEN m.name ELSE '' END, '') AS detail
                """.formatted(table);
    }

    static String joined(String table) {
        return """
                CROSS JOIN LATERAL (SELECT left(%1$s.to_key, 1) AS kind, CASE WHEN %1$s.to_key <> 't' THEN substr(%1$s.to_key, 3, 36)::uuid END AS id) k
                LEFT JOIN directory.v_affiliation a ON k.kind = 'c' AND a.id = k.id
                LEFT JOIN directory.v_person p ON p.id = a.person
                LEFT JOIN directory.v_member am ON am.id = a.member
                LEFT JOIN directory.v_unit u ON k.kind IN ('u', 'x') AND u.id = k.id
                LEFT JOIN directory.v_member um ON um.id = u.member
                LEFT JOIN directory.v_member m ON k.kind IN ('m', 'g', 'a') AND m.id = k.id
                """.formatted(table);
    }
}
