package org.entente.sources.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What is asked of the server of one member as a whole (RFC 7644): many changes at once, and what it knows how to do. Its users and groups: {@link ScimEndpoints}.
 */
@RestController
@RequestMapping(
        path = "/scim/v2/{siren}",
        produces = {ScimController.JSON, MediaType.APPLICATION_JSON_VALUE})
@Needs(Right.PUBLIC)
class ScimController {

    static final String JSON = "application/scim+json";

    private final ScimBulk bulk;
    private final ScimDiscovery discovery;

    ScimController(ScimBulk bulk, ScimDiscovery discovery) {
        this.bulk = bulk;
        this.discovery = discovery;
    }

    @PostMapping("/Bulk")
    ResponseEntity<String> bulk(@RequestAttribute(ScimDoor.CALL) ScimCall call, @RequestBody String body, Locale locale)
            throws ScimException {
        return ok(bulk.run(call, body, locale));
    }

    @GetMapping({"/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/ResourceTypes/Group", "/Schemas"})
    ResponseEntity<String> discover(@PathVariable String siren, HttpServletRequest request) throws ScimException {
        String path = request.getRequestURI();
        return ok(discovery.answer(
                path.substring(path.indexOf(siren) + siren.length()), ScimClientsController.base(siren)));
    }

    @GetMapping("/Schemas/{schema}")
    ResponseEntity<String> schema(@PathVariable String siren, @PathVariable String schema) throws ScimException {
        return ok(discovery.answer("/Schemas/" + schema, ScimClientsController.base(siren)));
    }

    private static ResponseEntity<String> ok(ObjectNode body) {
        return ResponseEntity.ok(body.toString());
    }
}
