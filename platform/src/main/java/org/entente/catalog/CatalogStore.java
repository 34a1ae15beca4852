package org.entente.catalog;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.directory.AffiliationKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The descriptors as rows. */
@Repository
class CatalogStore {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    CatalogStore(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    List<Service> offered() {
        return jdbc.sql("SELECT * FROM catalog.service WHERE NOT retired ORDER BY name_fr COLLATE \"C\"")
                .query(this::service)
                .list();
    }

    Optional<Service> offered(String id) {
        return jdbc.sql("SELECT * FROM catalog.service WHERE id = ? AND NOT retired")
                .param(id)
                .query(this::service)
                .optional();
    }

    Optional<Words> name(String id) {
        return jdbc.sql("SELECT name_fr, name_en FROM catalog.service WHERE id = ?")
                .param(id)
                .query((row, n) -> new Words(row.getString(1), row.getString(2)))
                .optional();
    }

    /** Where the description of a service on offer was read. */
    Optional<String> source(String id) {
        return jdbc.sql("SELECT source FROM catalog.service WHERE id = ? AND NOT retired")
                .param(id)
                .query(String.class)
                .optional();
    }

    Map<String, String> settings(String id) {
        return jdbc.sql("SELECT settings FROM catalog.service WHERE id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, Settings.class).settings())
                .orElse(Map.of());
    }

    List<DescriptorProblem> problems() {
        return jdbc.sql("SELECT file, line, code, args FROM catalog.problem ORDER BY file, line")
                .query((row, n) ->
                        new DescriptorProblem(row.getString(1), row.getInt(2), row.getString(3), list(row, "args")))
                .list();
    }

    /** The services last read from these files. */
    List<String> idsOf(List<String> files) {
        return jdbc.sql("SELECT id FROM catalog.service WHERE NOT retired AND source = ANY(?::text[])")
                .param(files.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** Only one node loads at a time; the others find nothing left to do. */
    void lock() {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('catalog.load'))")
                .query()
                .singleRow();
    }

    /** Makes the rows say what the descriptors say; a file that is not {@code known} any more retires its service. */
    List<Entry> bring(List<Descriptor> descriptors, List<String> known) {
        Map<String, String> before = jdbc
                .sql("SELECT id, hash FROM catalog.service WHERE NOT retired")
                .query((row, n) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<Entry> entries = new ArrayList<>();
        for (Descriptor descriptor : descriptors) {
            String id = descriptor.service().id();
            if (!descriptor.hash().equals(before.get(id))) {
                put(descriptor);
                entries.add(entry(before.containsKey(id) ? "service.changed" : "service.added", id, descriptor));
            }
        }
        jdbc.sql(
                        "UPDATE catalog.service SET retired = true WHERE NOT retired AND id <> ALL(?::text[]) RETURNING id, name_fr")
                .param(known.toArray(String[]::new))
                .query((row, n) -> entry("service.retired", row.getString(1), row.getString(2), Map.of()))
                .list()
                .forEach(entries::add);
        return entries;
    }

    void bringProblems(List<DescriptorProblem> problems) {
        if (problems().equals(problems)) {
            return;
        }
        jdbc.sql("DELETE FROM catalog.problem").update();
        for (DescriptorProblem problem : problems) {
            jdbc.sql("INSERT INTO catalog.problem (file, line, code, args, found_at) VALUES (?, ?, ?, ?::text[], ?)")
                    .param(problem.file())
                    .param(problem.line())
                    .param(problem.code())
                    .param(problem.args().toArray(String[]::new))
                    .param(now())
                    .update();
        }
    }

    private void put(Descriptor descriptor) {
        Service service = descriptor.service();
        jdbc.sql("""
                        INSERT INTO catalog.service (id, name_fr, name_en, summary_fr, summary_en, icon, category, sign_in, roles, suits, needs,
                            everyone, second_factor, connector, settings, source, hash, loaded_at)
                        VALUES (:id, :nameFr, :nameEn, :summaryFr, :summaryEn, :icon, :category, :signIn::jsonb, :roles::text[], :suits::text[],
                            :needs::text[], :everyone, :secondFactor, :connector, :settings::jsonb, :source, :hash, :now)
                        ON CONFLICT (id) DO UPDATE SET (name_fr, name_en, summary_fr, summary_en, icon, category, sign_in, roles, suits, needs,
                            everyone, second_factor, connector, settings, source, hash, loaded_at, retired)
                          = (EXCLUDED.name_fr, EXCLUDED.name_en, EXCLUDED.summary_fr, EXCLUDED.summary_en, EXCLUDED.icon, EXCLUDED.category,
                            EXCLUDED.sign_in, EXCLUDED.roles, EXCLUDED.suits, EXCLUDED.needs, EXCLUDED.everyone, EXCLUDED.second_factor, EXCLUDED.connector,
                            EXCLUDED.settings, EXCLUDED.source, EXCLUDED.hash, EXCLUDED.loaded_at, false)""")
                .param("id", service.id())
                .param("nameFr", service.name().fr())
                .param("nameEn", service.name().en())
                .param("summaryFr", service.summary().fr())
                .param("summaryEn", service.summary().en())
                .param("icon", service.icon())
                .param("category", service.category())
                .param("signIn", json.writeValueAsString(SignInRow.of(service.signIn())))
                .param("roles", service.roles().toArray(String[]::new))
                .param(
                        "suits",
                        service.suits().stream()
                                .map(AffiliationKind::code)
                                .sorted()
                                .toArray(String[]::new))
                .param("needs", service.needs().toArray(String[]::new))
                .param("everyone", service.everyone())
                .param("secondFactor", service.secondFactor())
                .param("connector", service.connector())
                .param("settings", json.writeValueAsString(new Settings(descriptor.settings())))
                .param("source", descriptor.file())
                .param("hash", descriptor.hash())
                .param("now", now())
                .update();
    }

    private Service service(ResultSet row, int n) throws SQLException {
        return new Service(
                row.getString("id"),
                new Words(row.getString("name_fr"), row.getString("name_en")),
                new Words(row.getString("summary_fr"), row.getString("summary_en")),
                row.getString("icon"),
                row.getString("category"),
                json.readValue(row.getString("sign_in"), SignInRow.class).signIn(),
                list(row, "roles"),
                list(row, "suits").stream().map(AffiliationKind::of).collect(Collectors.toSet()),
                list(row, "needs"),
                row.getBoolean("everyone"),
                row.getBoolean("second_factor"),
                row.getString("connector"));
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private static Entry entry(String act, String id, Descriptor descriptor) {
        return entry(act, id, descriptor.service().name().fr(), Map.of("file", descriptor.file()));
    }

    private static Entry entry(String act, String id, String label, Map<String, Object> after) {
        return new Entry(Author.system("catalog"), act, null, "service", id, label, Map.of(), after);
    }

    private static List<String> list(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return Arrays.asList((String[]) array.getArray());
    }

    /** A map as JSON, so that reading needs no type token. */
    private record Settings(Map<String, String> settings) {}
}
