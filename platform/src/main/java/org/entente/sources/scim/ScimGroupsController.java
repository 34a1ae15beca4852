package org.entente.sources.scim;

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

/** The groups of one member for its own software (RFC 7644), as {@link ScimController} for users. */
@RestController
@RequestMapping(
        path = "/scim/v2/{siren}/Groups",
        produces = {ScimController.JSON, MediaType.APPLICATION_JSON_VALUE})
@Needs(Right.PUBLIC)
class ScimGroupsController {

    private final ScimClients clients;
    private final ScimGroups groups;

    ScimGroupsController(ScimClients clients, ScimGroups groups) {
        this.clients = clients;
        this.groups = groups;
    }

    @GetMapping
    ResponseEntity<String> list(
            @PathVariable String siren,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String excludedAttributes,
            @RequestParam(defaultValue = "1") int startIndex,
            @RequestParam(defaultValue = "" + ScimController.USUAL) int count,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = clients.caller(siren, request);
        int start = Math.max(1, startIndex);
        ScimGroups.Found found = groups.find(
                caller.member(), ScimFilter.groups(filter), start - 1, Math.clamp(count, 0, ScimController.MOST));
        String base = ScimClientsController.base(siren);
        boolean members = !excludes(excludedAttributes);
        return ResponseEntity.ok(ScimJson.list(
                        found.groups().stream()
                                .map(group -> ScimJson.write(group, base, members))
                                .toList(),
                        found.total(),
                        start)
                .toString());
    }

    @GetMapping("/{id}")
    ResponseEntity<String> one(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String excludedAttributes,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known,
            HttpServletRequest request)
            throws ScimException {
        ScimGroups.Shown group = groups.get(clients.caller(siren, request).member(), id(id));
        String version = ScimJson.version(group);
        return version.equals(known)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(version).build()
                : answer(HttpStatus.OK, group, siren, !excludes(excludedAttributes));
    }

    @PostMapping
    ResponseEntity<String> create(@PathVariable String siren, @RequestBody String body, HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = clients.caller(siren, request);
        ScimGroup group = ScimGroup.of(ScimJson.read(body));
        return answer(
                HttpStatus.CREATED,
                groups.create(
                        caller.member(),
                        group,
                        caller.call(request.getRemoteAddr()).by()),
                siren,
                true);
    }

    @PutMapping("/{id}")
    ResponseEntity<String> replace(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = clients.caller(siren, request);
        ScimGroup group = ScimGroup.of(ScimJson.read(body));
        return answer(
                HttpStatus.OK,
                groups.change(
                        caller.member(),
                        id(id),
                        seen,
                        now -> group,
                        caller.call(request.getRemoteAddr()).by()),
                siren,
                true);
    }

    @PatchMapping("/{id}")
    ResponseEntity<String> patch(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = clients.caller(siren, request);
        String base = ScimClientsController.base(siren);
        ScimGroups.Wanted patched = now -> ScimGroup.of(ScimJson.patched(ScimJson.write(now, base, true), body));
        return answer(
                HttpStatus.OK,
                groups.change(
                        caller.member(),
                        id(id),
                        seen,
                        patched,
                        caller.call(request.getRemoteAddr()).by()),
                siren,
                true);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = clients.caller(siren, request);
        groups.delete(
                caller.member(),
                id(id),
                seen,
                caller.call(request.getRemoteAddr()).by());
        return ResponseEntity.noContent().build();
    }

    private static boolean excludes(@Nullable String attributes) {
        return attributes != null
                && (',' + attributes.toLowerCase(Locale.ROOT).replace(" ", "") + ',').contains(",members,");
    }

    static UUID id(String id) throws ScimException {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException notOne) {
            throw new ResourceNotFoundException("There is no group " + id);
        }
    }

    private static ResponseEntity<String> answer(
            HttpStatus status, ScimGroups.Shown group, String siren, boolean members) {
        String base = ScimClientsController.base(siren);
        return ResponseEntity.status(status)
                .eTag(ScimJson.version(group))
                .header(HttpHeaders.LOCATION, base + "/Groups/" + group.id())
                .body(ScimJson.write(group, base, members).toString());
    }
}
