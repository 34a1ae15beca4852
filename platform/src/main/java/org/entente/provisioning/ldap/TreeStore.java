package org.entente.provisioning.ldap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows behind the tree, the same for every node. */
@Repository
class TreeStore {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    TreeStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void put(String service, TreeRow row, long revision) {
        jdbc.sql("""
                        INSERT INTO provisioning.ldap_entry AS e
                            (service, account, capacity, organisation, organisation_name, mail, attributes, roles, unit, revision)
                        VALUES (:service, :account, :capacity, :organisation, :name, :mail, :attributes, :roles, :unit, :revision)
                        ON CONFLICT (service, account) DO UPDATE SET
                            (capacity, organisation, organisation_name, mail, attributes, roles, unit, revision)
                            = (EXCLUDED.capacity, EXCLUDED.organisation, EXCLUDED.organisation_name, EXCLUDED.mail, EXCLUDED.attributes,
                                EXCLUDED.roles, EXCLUDED.unit, EXCLUDED.revision)
                        WHERE e.revision <= EXCLUDED.revision""")
                .param("service", service)
                .param("account", row.account())
                .param("capacity", row.capacity())
                .param("organisation", row.organisation())
                .param("name", row.organisationName())
                .param("mail", row.mail(), java.sql.Types.VARCHAR)
                .param("attributes", written(row))
                .param("roles", row.roles().toArray(String[]::new))
                .param("unit", row.unit(), java.sql.Types.VARCHAR)
                .param("revision", revision)
                .update();
    }

    void remove(String service, UUID account, long revision) {
        jdbc.sql("DELETE FROM provisioning.ldap_entry WHERE service = ? AND account = ? AND revision <= ?")
                .params(service, account, revision)
                .update();
    }

    /** By account, after this one. */
    List<TreeRow> page(String service, @Nullable UUID after, int limit) {
        return jdbc.sql("""
                        SELECT * FROM provisioning.ldap_entry
                        WHERE service = :service AND (CAST(:after AS uuid) IS NULL OR account > :after) ORDER BY account LIMIT :limit""")
                .param("service", service)
                .param("after", after, java.sql.Types.OTHER)
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    /** The members of which the tree has people: their part of the tree, with their names. */
    Map<String, String> organisations(String service) {
        Map<String, String> organisations = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT organisation, min(organisation_name) FROM provisioning.ldap_entry WHERE service = ?
                        GROUP BY organisation ORDER BY organisation""").param(service).query(row -> {
            organisations.put(row.getString(1), row.getString(2));
        });
        return organisations;
    }

    /** @param role null where it is the group of a unit */
    record Group(
            String organisation,
            @Nullable String role,
            @Nullable String unit) {}

    List<Group> groups(String service) {
        return jdbc.sql("""
                        SELECT DISTINCT organisation, role, NULL AS unit FROM provisioning.ldap_entry, unnest(roles) AS role WHERE service = :service
                        UNION
                        SELECT DISTINCT organisation, NULL, unit FROM provisioning.ldap_entry WHERE service = :service AND unit !~ '^\\s*$'
                        ORDER BY 1, 2, 3""").param("service", service).query(Group.class).list();
    }

    /** The capacities of those in it. */
    List<UUID> members(String service, Group group) {
        return jdbc.sql("""
                        SELECT capacity FROM provisioning.ldap_entry
                        WHERE service = :service AND organisation = :organisation AND (:role = ANY (roles) OR unit = :unit) ORDER BY account""")
                .param("service", service)
                .param("organisation", group.organisation())
                .param("role", group.role(), java.sql.Types.VARCHAR)
                .param("unit", group.unit(), java.sql.Types.VARCHAR)
                .query(UUID.class)
                .list();
    }

    List<TreeRow> byMail(String service, String mail) {
        return jdbc.sql("SELECT * FROM provisioning.ldap_entry WHERE service = ? AND mail = ?")
                .params(service, mail.strip().toLowerCase(Locale.ROOT))
                .query(this::row)
                .list();
    }

    List<TreeRow> byCapacity(String service, UUID capacity) {
        return jdbc.sql("SELECT * FROM provisioning.ldap_entry WHERE service = ? AND capacity = ?")
                .params(service, capacity)
                .query(this::row)
                .list();
    }

    /** What is compared at night. */
    String written(TreeRow row) {
        return json.writeValueAsString(row.attributes());
    }

    private TreeRow row(ResultSet row, int n) throws SQLException {
        return new TreeRow(
                row.getObject("account", UUID.class),
                row.getObject("capacity", UUID.class),
                row.getString("organisation"),
                row.getString("organisation_name"),
                row.getString("mail"),
                json.readValue(row.getString("attributes"), new TypeReference<>() {}),
                Arrays.asList((String[]) row.getArray("roles").getArray()),
                row.getString("unit"));
    }
}
