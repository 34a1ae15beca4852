package org.entente.pooling;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.Words;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What is shared and what is not: a member's own agreements, and for everyone which member takes what. */
@RestController
class SharingController {

    record Used(
            String service,
            int accounts,
            @Nullable Long quota,
            @Nullable Long storageGb) {}

    record MemberAgreement(
            @JsonUnwrapped AgreementReader.Agreement agreement,
            LocalDate since,
            @Nullable LocalDate until,
            List<Documents.Document> documents,
            List<Used> used) {}

    record Shared(
            String service,
            Words name,
            @Nullable String operatedBy,
            @Nullable String dataLocation,
            @Nullable String licence) {}

    record Sharer(
            UUID member,
            String name,
            boolean grouping,
            @Nullable Integer population) {}

    record Cell(
            UUID member,
            String service,
            LocalDate since,
            @Nullable String agreement) {}

    record Matrix(List<Shared> services, List<Sharer> members, List<Cell> cells) {}

    private final AgreementReader reader;
    private final Documents documents;
    private final Catalog catalog;
    private final JdbcClient jdbc;
    private final Clock clock;

    SharingController(AgreementReader reader, Documents documents, Catalog catalog, JdbcClient jdbc, Clock clock) {
        this.reader = reader;
        this.documents = documents;
        this.catalog = catalog;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @GetMapping("/api/members/{member}/agreements")
    @Needs(Right.READ_MEMBER)
    List<MemberAgreement> mine(@PathVariable MemberId member) {
        Map<String, Integer> accounts = jdbc
                .sql("""
                SELECT service, count(DISTINCT person)::int FROM access.v_entitlement WHERE member = ? GROUP BY service
                """)
                .param(member.value())
                .query((row, n) -> Map.entry(row.getString(1), row.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return reader.of(member).stream()
                .map(m -> {
                    AgreementReader.Agreement a = m.agreement();
                    return new MemberAgreement(
                            a,
                            m.since(),
                            m.until(),
                            documents.of(a.id()),
                            a.services().stream()
                                    .map(s -> new Used(
                                            s.service(),
                                            accounts.getOrDefault(s.service(), 0),
                                            s.quota(),
                                            s.storageGb()))
                                    .toList());
                })
                .toList();
    }

    @GetMapping("/api/members/{member}/agreements/{id}/documents/{document}")
    @Needs(Right.READ_MEMBER)
    ResponseEntity<byte[]> document(@PathVariable MemberId member, @PathVariable UUID id, @PathVariable UUID document) {
        if (!reader.isParty(id, member)) {
            throw Refusal.notFound("pooling.agreement.unknown");
        }
        return documents.file(id, document);
    }

    /** One page: every service that somebody takes, every member, and where they meet. */
    @GetMapping("/api/pooling/matrix")
    @Needs(Right.PERSON)
    Matrix matrix() {
        List<Cell> cells =
                jdbc.sql("""
                SELECT s.member, s.service, s.since::date AS since, min(c.number) AS agreement FROM access.v_subscription s
                LEFT JOIN pooling.cover_at(?) c ON c.member = s.member AND c.service = s.service
                GROUP BY s.member, s.service, s.since ORDER BY s.service
                """).param(LocalDate.now(clock)).query(Cell.class).list();
        record Sheet(
                String service,
                String licence,
                String dataLocation,
                @Nullable String operator) {}
        Map<String, Sheet> sheets = jdbc.sql("""
                SELECT t.service, t.licence, t.data_location, m.name AS operator FROM pooling.service_sheet t
                LEFT JOIN directory.v_member m ON m.id = t.operated_by
                """).query(Sheet.class).list().stream()
                .collect(Collectors.toMap(Sheet::service, sheet -> sheet));
        List<Shared> services = cells.stream()
                .map(Cell::service)
                .distinct()
                .map(id -> {
                    Sheet sheet = sheets.get(id);
                    return new Shared(
                            id,
                            catalog.name(id).orElse(new Words(id, id)),
                            sheet == null ? null : sheet.operator(),
                            sheet == null ? null : sheet.dataLocation(),
                            sheet == null ? null : sheet.licence());
                })
                .toList();
        List<Sharer> members = jdbc.sql("""
                SELECT m.id AS member, m.name, EXISTS (SELECT FROM directory.v_member c WHERE c.parent = m.id) AS grouping, m.population
                FROM directory.v_member m WHERE m.status <> 'left' ORDER BY base.plain(m.name)
                """).query(Sharer.class).list();
        return new Matrix(services, members, cells);
    }
}
