package org.entente.pooling;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.catalog.Words;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue as members read it: what a service is for, how mature, who uses it, what it costs, where its data lives. */
@RestController
class CatalogueController {

    record Sheet(
            Words purpose,
            String maturity,
            String licence,
            String dataLocation,
            @Nullable UUID operatedBy,
            Words prerequisites,
            @Nullable String contact) {

        @SuppressWarnings("ConstantValue") // Jackson gives null for what is missing
        Sheet {
            purpose = clean("purpose", purpose);
            prerequisites = clean("prerequisites", prerequisites);
            licence = Texts.required("licence", licence, 200);
            dataLocation = Texts.required("dataLocation", dataLocation, 200);
            contact = Texts.optional("contact", contact, 200);
            if (maturity == null
                    || !List.of("pilot", "production", "mature", "ending").contains(maturity)) {
                throw Refusal.invalidField("maturity", "pooling.sheet.maturity", String.valueOf(maturity));
            }
        }

        @SuppressWarnings("ConstantValue")
        private static Words clean(String field, Words words) {
            return words == null
                    ? new Words("", "")
                    : new Words(
                            Texts.or(Texts.optional(field, words.fr(), 2000), ""),
                            Texts.or(Texts.optional(field, words.en(), 2000), ""));
        }
    }

    record User(UUID member, String name, LocalDate since) {}

    record CatalogueEntry(
            String service,
            Words name,
            Words summary,
            String icon,
            String category,
            @Nullable Sheet sheet,
            @Nullable String operator,
            List<User> members,
            @Nullable Money yearCost,
            boolean mine) {}

    private final Catalog catalog;
    private final Budget budget;
    private final CallSource names;
    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;

    CatalogueController(Catalog catalog, Budget budget, CallSource names, JdbcClient jdbc, Ledger ledger, Clock clock) {
        this.catalog = catalog;
        this.budget = budget;
        this.names = names;
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
    }

    @GetMapping("/api/pooling/catalogue")
    @Needs(Right.PERSON)
    List<CatalogueEntry> catalogue(Actor actor) {
        Map<String, List<User>> users = new HashMap<>();
        jdbc.sql("""
                SELECT s.service, s.member, m.name, s.since::date AS since FROM access.v_subscription s
                JOIN directory.v_member m ON m.id = s.member ORDER BY base.plain(m.name)
                """)
                .query((row, n) -> users.computeIfAbsent(row.getString("service"), s -> new ArrayList<>())
                        .add(new User(
                                row.getObject("member", UUID.class),
                                row.getString("name"),
                                row.getObject("since", LocalDate.class))))
                .list();
        Map<String, Money> costs = new HashMap<>();
        budget.of(LocalDate.now(clock).getYear()).forEach(line -> {
            String service = line.service();
            if (service != null) {
                costs.merge(service, line.inYear(), Money::plus);
            }
        });
        Map<String, Sheet> sheets = sheets();
        Map<MemberId, String> members = names.names();
        return catalog.services().stream()
                .map(service -> entry(service, sheets, members, users, costs, actor))
                .toList();
    }

    private static CatalogueEntry entry(
            Service service,
            Map<String, Sheet> sheets,
            Map<MemberId, String> members,
            Map<String, List<User>> users,
            Map<String, Money> costs,
            Actor actor) {
        Sheet sheet = sheets.get(service.id());
        UUID by = sheet == null ? null : sheet.operatedBy();
        List<User> takers = users.getOrDefault(service.id(), List.of());
        return new CatalogueEntry(
                service.id(),
                service.name(),
                service.summary(),
                service.icon(),
                service.category(),
                sheet,
                by == null ? null : members.get(new MemberId(by)),
                takers,
                costs.get(service.id()),
                service.everyone()
                        || takers.stream()
                                .anyMatch(u -> u.member().equals(actor.member().value())));
    }

    private Map<String, Sheet> sheets() {
        Map<String, Sheet> sheets = new HashMap<>();
        jdbc.sql("SELECT * FROM pooling.service_sheet")
                .query((row, n) -> sheets.put(
                        row.getString("service"),
                        new Sheet(
                                new Words(row.getString("purpose_fr"), row.getString("purpose_en")),
                                row.getString("maturity"),
                                row.getString("licence"),
                                row.getString("data_location"),
                                row.getObject("operated_by", UUID.class),
                                new Words(row.getString("prerequisites_fr"), row.getString("prerequisites_en")),
                                row.getString("contact"))))
                .list();
        return sheets;
    }

    @PutMapping("/api/operator/pooling/catalogue/{service}")
    @Needs(Right.OPERATE)
    @Transactional
    CatalogueEntry put(@PathVariable String service, @RequestBody Sheet sheet, Actor actor) {
        Service known = catalog.find(service).orElseThrow(() -> Refusal.notFound("service.unknown", service));
        UUID by = sheet.operatedBy();
        if (by != null && !names.names().containsKey(new MemberId(by))) {
            throw Refusal.invalidField("operatedBy", "pooling.member.unknown");
        }
        jdbc.sql("""
                INSERT INTO pooling.service_sheet (service, purpose_fr, purpose_en, maturity, licence, data_location, operated_by,
                                                   prerequisites_fr, prerequisites_en, contact) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (service) DO UPDATE SET purpose_fr = excluded.purpose_fr, purpose_en = excluded.purpose_en,
                    maturity = excluded.maturity, licence = excluded.licence, data_location = excluded.data_location,
                    operated_by = excluded.operated_by, prerequisites_fr = excluded.prerequisites_fr,
                    prerequisites_en = excluded.prerequisites_en, contact = excluded.contact
                """)
                .params(Arrays.asList(
                        service,
                        sheet.purpose().fr(),
                        sheet.purpose().en(),
                        sheet.maturity(),
                        sheet.licence(),
                        sheet.dataLocation(),
                        by,
                        sheet.prerequisites().fr(),
                        sheet.prerequisites().en(),
                        sheet.contact()))
                .update();
        ledger.record(new Entry(
                actor.author(),
                "service.described",
                null,
                "service",
                service,
                known.name().fr(),
                Map.of(),
                Map.of("maturity", sheet.maturity(), "licence", sheet.licence())));
        return catalogue(actor).stream()
                .filter(e -> e.service().equals(service))
                .findFirst()
                .orElseThrow();
    }
}
