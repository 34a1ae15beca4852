package org.entente.sources.scim;

import java.util.List;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A member's admins say which of their software keeps their people. */
@RestController
@RequestMapping("/api/members/{member}/scim-clients")
@Needs(Right.MANAGE_MEMBER)
class ScimClientsController {

    record Asked(@Nullable String name) {}

    record Changed(boolean makesUnits) {}

    /** @param unit which unit is meant; null to make it */
    record Decided(@Nullable UUID unit) {}

    /**
     * @param url where its software finds us; null as long as the SIREN of the member is not known
     * @param unknownUnits units that its software names and nobody knows here
     */
    record Clients(
            @Nullable String url,
            int users,
            List<ScimClients.ScimClient> clients,
            List<ScimUnitDesk.Unknown> unknownUnits) {}

    private final ScimClients clients;
    private final ScimUnitDesk units;
    private final JdbcClient jdbc;

    ScimClientsController(ScimClients clients, ScimUnitDesk units, JdbcClient jdbc) {
        this.clients = clients;
        this.units = units;
        this.jdbc = jdbc;
    }

    @GetMapping
    Clients list(@PathVariable MemberId member) {
        String siren = jdbc.sql("SELECT siren FROM directory.v_member WHERE id = ? AND siren IS NOT NULL")
                .param(member.value())
                .query(String.class)
                .optional()
                .orElse(null);
        int users = jdbc.sql("SELECT count(*) FROM sources.scim_user WHERE member = ?")
                .param(member.value())
                .query(Integer.class)
                .single();
        return new Clients(siren == null ? null : base(siren), users, clients.of(member), units.unknown(member));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ScimClients.Made make(@PathVariable MemberId member, @RequestBody Asked asked, Actor actor) {
        return clients.make(member, asked.name(), actor);
    }

    @PatchMapping("{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(@PathVariable MemberId member, @PathVariable UUID id, @RequestBody Changed changed, Actor actor) {
        clients.letMakeUnits(member, id, changed.makesUnits(), actor);
    }

    @PostMapping("units/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void decide(@PathVariable MemberId member, @PathVariable UUID id, @RequestBody Decided decided, Actor actor) {
        units.decide(member, id, decided.unit(), actor);
    }

    @DeleteMapping("{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable MemberId member, @PathVariable UUID id, Actor actor) {
        clients.revoke(member, id, actor);
    }

    static String base(String siren) {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/scim/v2/{siren}")
                .build(siren)
                .toString();
    }
}
