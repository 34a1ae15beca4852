package org.entente.sources.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * One kind of resource of one member for its own software (RFC 7644). Whoever calls is told by a token of that member; a token of another member is answered as
 * if it were none.
 */
abstract class ScimEndpoints {

    private static final int MOST = 200;
    private static final int USUAL = 100;

    private final ScimClients clients;
    private final ScimResources resources;

    ScimEndpoints(ScimClients clients, ScimResources resources) {
        this.clients = clients;
        this.resources = resources;
    }

    @GetMapping
    ResponseEntity<String> list(
            @PathVariable String siren,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String excludedAttributes,
            @RequestParam(defaultValue = "1") int startIndex,
            @RequestParam(defaultValue = "" + USUAL) int count,
            HttpServletRequest request)
            throws ScimException {
        ScimCall call = clients.call(siren, request);
        int start = Math.max(1, startIndex);
        ScimResources.Page page =
                resources.find(call, filter, excluded(excludedAttributes), start - 1, Math.clamp(count, 0, MOST));
        return ResponseEntity.ok(
                ScimJson.list(page.resources(), page.total(), start).toString());
    }

    @GetMapping("/{id}")
    ResponseEntity<String> one(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String excludedAttributes,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known,
            HttpServletRequest request)
            throws ScimException {
        ScimCall call = clients.call(siren, request);
        ScimResources.Answer found = resources.get(call, resources.id(id), excluded(excludedAttributes));
        return found.version().equals(known)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                        .eTag(found.version())
                        .build()
                : answer(HttpStatus.OK, call, found);
    }

    @PostMapping
    ResponseEntity<String> create(@PathVariable String siren, @RequestBody String body, HttpServletRequest request)
            throws ScimException {
        ScimCall call = clients.call(siren, request);
        return answer(HttpStatus.CREATED, call, resources.create(call, ScimJson.read(body)));
    }

    @PutMapping("/{id}")
    ResponseEntity<String> replace(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        return changed("PUT", siren, id, body, seen, request);
    }

    @PatchMapping("/{id}")
    ResponseEntity<String> patch(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        return changed("PATCH", siren, id, body, seen, request);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<String> delete(
            @PathVariable String siren,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        return changed("DELETE", siren, id, null, seen, request);
    }

    private ResponseEntity<String> changed(
            String method,
            String siren,
            String id,
            @Nullable String body,
            @Nullable String seen,
            HttpServletRequest request)
            throws ScimException {
        ScimCall call = clients.call(siren, request);
        ScimResources.Answer now =
                resources.apply(method, call, resources.id(id), seen, body == null ? null : ScimJson.read(body));
        return now == null ? ResponseEntity.noContent().build() : answer(HttpStatus.OK, call, now);
    }

    private ResponseEntity<String> answer(HttpStatus status, ScimCall call, ScimResources.Answer said) {
        return ResponseEntity.status(status)
                .eTag(said.version())
                .header(HttpHeaders.LOCATION, call.base() + resources.path() + "/" + said.id())
                .body(said.json().toString());
    }

    private static List<String> excluded(@Nullable String attributes) {
        return attributes == null
                ? List.of()
                : Arrays.asList(
                        attributes.toLowerCase(Locale.ROOT).replace(" ", "").split(",", -1));
    }
}
