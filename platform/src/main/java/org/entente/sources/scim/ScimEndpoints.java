package org.entente.sources.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
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
import org.springframework.web.bind.annotation.RequestAttribute;
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

    private final ScimResources resources;

    ScimEndpoints(ScimResources resources) {
        this.resources = resources;
    }

    @GetMapping
    ResponseEntity<String> list(
            @RequestAttribute(ScimDoor.CALL) ScimCall call,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String excludedAttributes,
            @RequestParam(defaultValue = "1") int startIndex,
            @RequestParam(defaultValue = "" + USUAL) int count)
            throws ScimException {
        int start = Math.max(1, startIndex);
        ScimResources.Page page =
                resources.find(call, filter, excluded(excludedAttributes), start - 1, Math.clamp(count, 0, MOST));
        return ResponseEntity.ok(
                ScimJson.list(page.resources(), page.total(), start).toString());
    }

    @GetMapping("/{id}")
    ResponseEntity<String> one(
            @RequestAttribute(ScimDoor.CALL) ScimCall call,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String excludedAttributes,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known)
            throws ScimException {
        ScimResources.Answer found = resources.get(call, resources.id(id), excluded(excludedAttributes));
        return found.version().equals(known)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                        .eTag(found.version())
                        .build()
                : answer(HttpStatus.OK, call, found);
    }

    @PostMapping
    ResponseEntity<String> create(@RequestAttribute(ScimDoor.CALL) ScimCall call, @RequestBody String body)
            throws ScimException {
        return answer(HttpStatus.CREATED, call, resources.create(call, ScimJson.read(body)));
    }

    @PutMapping("/{id}")
    ResponseEntity<String> replace(
            @RequestAttribute(ScimDoor.CALL) ScimCall call,
            @PathVariable String id,
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen)
            throws ScimException {
        return changed("PUT", call, id, body, seen);
    }

    @PatchMapping("/{id}")
    ResponseEntity<String> patch(
            @RequestAttribute(ScimDoor.CALL) ScimCall call,
            @PathVariable String id,
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen)
            throws ScimException {
        return changed("PATCH", call, id, body, seen);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<String> delete(
            @RequestAttribute(ScimDoor.CALL) ScimCall call,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String seen)
            throws ScimException {
        return changed("DELETE", call, id, null, seen);
    }

    private ResponseEntity<String> changed(
            String method, ScimCall call, String id, @Nullable String body, @Nullable String seen)
            throws ScimException {
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
