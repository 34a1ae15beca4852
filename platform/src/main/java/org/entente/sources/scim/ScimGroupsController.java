package org.entente.sources.scim;

import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(
        path = "/scim/v2/{siren}/Groups",
        produces = {ScimController.JSON, MediaType.APPLICATION_JSON_VALUE})
@Needs(Right.PUBLIC)
class ScimGroupsController extends ScimEndpoints {

    ScimGroupsController(ScimGroupResources resources) {
        super(resources);
    }
}
