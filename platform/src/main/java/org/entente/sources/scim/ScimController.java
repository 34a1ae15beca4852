package org.entente.sources.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.utils.JsonUtils;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
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

    private static final int MOST = 200;
    private static final int USUAL = 100;

    private final ScimClients clients;
    private final ScimUsers users;
    private final ScimDiscovery discovery;
    private final MessageSource messages;

    ScimController(ScimClients clients, ScimUsers users, ScimDiscovery discovery, MessageSource messages) {
        this.clients = clients;
        this.users = users;
        this.discovery = discovery;
        this.messages = messages;
    }

    @GetMapping("/Users")
    ResponseEntity<String> list(
            @PathVariable String siren,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(defaultValue = "1") int startIndex,
            @RequestParam(defaultValue = "" + USUAL) int count,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = caller(siren, request);
        int start = Math.max(1, startIndex);
        ScimUsers.Found found =
                users.find(caller.member(), ScimFilter.of(filter), start - 1, Math.clamp(count, 0, MOST));
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
        ScimUsers.Shown user = users.get(caller(siren, request).member(), id(id));
        String version = ScimJson.version(user);
        return version.equals(known)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(version).build()
                : answer(HttpStatus.OK, user, siren);
    }

    @PostMapping("/Users")
    ResponseEntity<String> create(@PathVariable String siren, @RequestBody String body, HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = caller(siren, request);
        ScimUser user = ScimUser.of(ScimJson.read(body));
        return answer(
                HttpStatus.CREATED, users.create(caller.member(), user, caller.author(request.getRemoteAddr())), siren);
    }

    @PutMapping("/Users/{id}")
    ResponseEntity<String> replace(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = caller(siren, request);
        ScimUser user = ScimUser.of(ScimJson.read(body));
        return answer(
                HttpStatus.OK,
                users.change(caller.member(), id(id), seen, now -> user, caller.author(request.getRemoteAddr())),
                siren);
    }

    @PatchMapping("/Users/{id}")
    ResponseEntity<String> patch(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = caller(siren, request);
        String base = ScimClientsController.base(siren);
        ScimUsers.Wanted patched = now -> ScimUser.of(ScimJson.patched(ScimJson.write(now, base), body));
        return answer(
                HttpStatus.OK,
                users.change(caller.member(), id(id), seen, patched, caller.author(request.getRemoteAddr())),
                siren);
    }

    @DeleteMapping("/Users/{id}")
    ResponseEntity<Void> delete(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        ScimClients.Caller caller = caller(siren, request);
        users.delete(caller.member(), id(id), seen, caller.author(request.getRemoteAddr()));
        return ResponseEntity.noContent().build();
    }

    @GetMapping({"/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/Schemas"})
    ResponseEntity<String> discover(@PathVariable String siren, HttpServletRequest request) throws ScimException {
        caller(siren, request);
        String path = request.getRequestURI();
        return ok(discovery.answer(
                path.substring(path.indexOf(siren) + siren.length()), ScimClientsController.base(siren)));
    }

    @GetMapping("/Schemas/{schema}")
    ResponseEntity<String> schema(@PathVariable String siren, @PathVariable String schema, HttpServletRequest request)
            throws ScimException {
        caller(siren, request);
        return ok(discovery.answer("/Schemas/" + schema, ScimClientsController.base(siren)));
    }

    @ExceptionHandler(ScimException.class)
    ResponseEntity<String> refused(ScimException refusal) {
        ErrorResponse said = refusal.getScimError();
        int status = said.getStatus() == null ? 500 : said.getStatus();
        return error(status, said.getScimType(), said.getDetail());
    }

    /** The refusals of the rooms below, in the words of the standard. */
    @ExceptionHandler(Refusal.class)
    ResponseEntity<String> refused(Refusal refusal, Locale locale) {
        String text =
                messages.getMessage("refusal." + refusal.code(), refusal.args().toArray(), refusal.code(), locale);
        return switch (refusal.kind()) {
            case INVALID -> error(400, "invalidValue", text);
            case CONFLICT -> error(409, refusal.code().endsWith(".taken") ? "uniqueness" : null, text);
            case NOT_FOUND -> error(404, null, text);
            case FORBIDDEN -> error(403, null, text);
            case UNAUTHENTICATED ->
                ResponseEntity.status(401)
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Entente\"")
                        .header(HttpHeaders.CONTENT_TYPE, JSON)
                        .body(errorBody(401, null, text));
            case TOO_LARGE -> error(413, null, text);
            case TOO_MANY -> error(429, null, text);
            case UNAVAILABLE -> error(503, null, text);
        };
    }

    /** A value that no column can hold, such as a NUL. */
    @ExceptionHandler(DataAccessException.class)
    ResponseEntity<String> notKept(DataAccessException failure) {
        String state = failure.getMostSpecificCause() instanceof java.sql.SQLException sql ? sql.getSQLState() : null;
        if (state != null && state.startsWith("22")) {
            return error(400, "invalidValue", "A value cannot be kept");
        }
        throw failure;
    }

    private ScimClients.Caller caller(String siren, HttpServletRequest request) {
        return clients.caller(siren, request.getHeader(HttpHeaders.AUTHORIZATION))
                .orElseThrow(() -> Refusal.of(Refusal.Kind.UNAUTHENTICATED, "scim.token"));
    }

    private static UUID id(String id) throws ScimException {
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

    private static ResponseEntity<String> error(int status, @Nullable String type, @Nullable String detail) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.CONTENT_TYPE, JSON)
                .body(errorBody(status, type, detail));
    }

    private static String errorBody(int status, @Nullable String type, @Nullable String detail) {
        ObjectNode json = JsonUtils.getJsonNodeFactory().objectNode();
        json.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:Error");
        json.put("status", String.valueOf(status));
        if (type != null) {
            json.put("scimType", type);
        }
        return json.put("detail", detail == null ? "" : detail).toString();
    }
}
