package org.entente.portal;

import org.entente.directory.MemberRef;
import org.entente.directory.Members;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What anyone may know of the territory before signing in. */
@RestController
class TerritoryController {

    record Territory(String name, @Nullable String operator, boolean demo) {}

    private record Made(String name, boolean demo) {}

    private final JdbcClient jdbc;
    private final Members members;
    private final String nameBefore;

    TerritoryController(
            JdbcClient jdbc, Members members, @Value("${entente.territory.name:Entente}") String nameBefore) {
        this.jdbc = jdbc;
        this.members = members;
        this.nameBefore = nameBefore;
    }

    @GetMapping("/api/territory")
    @Needs(Right.PUBLIC)
    Territory territory() {
        String operator = members.operator().map(MemberRef::name).orElse(null);
        return jdbc.sql("SELECT name, demo FROM directory.v_territory")
                .query(Made.class)
                .optional()
                .map(made -> new Territory(made.name(), operator, made.demo()))
                .orElseGet(() -> new Territory(nameBefore, operator, false));
    }
}
