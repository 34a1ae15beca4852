package org.entente.sources.scim;

import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(
        path = "/scim/v2/{siren}/Users",
        produces = {ScimController.JSON, MediaType.APPLICATION_JSON_VALUE})
@Needs(Right.PUBLIC)
class ScimUsersController extends ScimEndpoints {

    ScimUsersController(ScimUserResources resources) {
        super(resources);
    }
}
