package org.entente.sources.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.UUID;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The users of one member for its own software (RFC 7644). Whoever calls is told by a token of that member; a token of another member is answered as if it were
 * none.
 */
@RestController
@RequestMapping(
        path = "/scim/v2/{siren}",
        produces = {ScimController.JSON, MediaType.APPLICATION_JSON_VALUE})
@Needs(Right.PUBLIC)
class ScimController {

    static final String JSON = "application/scim+json";

    static final int MOST = 200;
    static final int USUAL = 100;

    private final ScimClients clients;
    private final ScimUsers users;
    private final ScimGathering gathering;
    private final ScimBulk bulk;
    private final ScimDiscovery discovery;

    ScimController(
            ScimClients clients, ScimUsers users, ScimGathering gathering, ScimBulk bulk, ScimDiscovery discovery) {
        this.clients = clients;
        this.users = users;
        this.gathering = gathering;
        this.bulk = bulk;
        this.discovery = discovery;
    }

    @GetMapping("/Users")
    ResponseEntity<String> list(
            @PathVariable String siren,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(defaultValue = "1") int startIndex,
            @RequestParam(defaultValue = "" + USUAL) int count,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = clients.caller(siren, request);
        int start = Math.max(1, startIndex);
        ScimUsers.Found found =
                users.find(caller.member(), ScimFilter.users(filter), start - 1, Math.clamp(count, 0, MOST));
        String base = ScimClientsController.base(siren);
        return ok(ScimJson.list(
                found.users().stream().map(user -> ScimJson.write(user, base)).toList(), found.total(), start));
    }

    @GetMapping("/Users/{id}")
    ResponseEntity<String> one(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known,
            HttpServletRequest request)
            throws ScimException {
        ScimUsers.Shown user = users.get(clients.caller(siren, request).member(), id(id));
        String version = ScimJson.version(user);
        return version.equals(known)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(version).build()
                : answer(HttpStatus.OK, user, siren);
    }

    @PostMapping("/Users")
    ResponseEntity<String> create(@PathVariable String siren, @RequestBody String body, HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = clients.caller(siren, request);
        ScimUser user = ScimUser.of(ScimJson.read(body));
        return answer(HttpStatus.CREATED, gathering.create(caller.call(request.getRemoteAddr()), user), siren);
    }

    @PutMapping("/Users/{id}")
    ResponseEntity<String> replace(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = clients.caller(siren, request);
        ScimUser user = ScimUser.of(ScimJson.read(body));
        return answer(
                HttpStatus.OK, users.change(caller.call(request.getRemoteAddr()), id(id), seen, now -> user), siren);
    }

    @PatchMapping("/Users/{id}")
    ResponseEntity<String> patch(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = clients.caller(siren, request);
        String base = ScimClientsController.base(siren);
        ScimUsers.Wanted patched = now -> ScimUser.of(ScimJson.patched(ScimJson.write(now, base), body));
        return answer(HttpStatus.OK, users.change(caller.call(request.getRemoteAddr()), id(id), seen, patched), siren);
    }

    @DeleteMapping("/Users/{id}")
    ResponseEntity<Void> delete(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = clients.caller(siren, request);
        users.delete(caller.call(request.getRemoteAddr()), id(id), seen);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/Bulk")
    ResponseEntity<String> bulk(
            @PathVariable String siren, @RequestBody String body, HttpServletRequest request, Locale locale)
            throws ScimException {
        ScimClients.Caller caller = clients.caller(siren, request);
        return ok(bulk.run(caller.call(request.getRemoteAddr()), body, ScimClientsController.base(siren), locale));
    }

    @GetMapping({"/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/ResourceTypes/Group", "/Schemas"})
    ResponseEntity<String> discover(@PathVariable String siren, HttpServletRequest request) throws ScimException {
        clients.caller(siren, request);
        String path = request.getRequestURI();
        return ok(discovery.answer(
                path.substring(path.indexOf(siren) + siren.length()), ScimClientsController.base(siren)));
    }

    @GetMapping("/Schemas/{schema}")
    ResponseEntity<String> schema(@PathVariable String siren, @PathVariable String schema, HttpServletRequest request)
            throws ScimException {
        clients.caller(siren, request);
        return ok(discovery.answer("/Schemas/" + schema, ScimClientsController.base(siren)));
    }

    static UUID id(String id) throws ScimException {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException notOne) {
            throw new ResourceNotFoundException("There is no user " + id);
        }
    }

    private static ResponseEntity<String> answer(HttpStatus status, ScimUsers.Shown user, String siren) {
        String base = ScimClientsController.base(siren);
        return ResponseEntity.status(status)
                .eTag(ScimJson.version(user))
                .header(HttpHeaders.LOCATION, base + "/Users/" + user.id())
                .body(ScimJson.write(user, base).toString());
    }

    private static ResponseEntity<String> ok(ObjectNode body) {
        return ResponseEntity.ok(body.toString());
    }
}
