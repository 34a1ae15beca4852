package org.entente.sources.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One kind of resource of a member (RFC 7644, 3), whatever the request in which it is asked for. */
interface ScimResources {

    /** @param version its weak entity tag */
    record Answer(UUID id, String version, ObjectNode json) {}

    record Page(long total, List<ObjectNode> resources) {}

    /** What a resource should be, from what it is at this moment. */
    interface Change {
        ObjectNode from(ObjectNode now) throws ScimException;
    }

    /** Below the base address: {@code /Users}. */
    String path();

    /** @param excluded names of attributes that nobody wants to see, in lower case */
    Page find(ScimCall call, @Nullable String filter, List<String> excluded, int skip, int count) throws ScimException;

    Answer get(ScimCall call, UUID id, List<String> excluded) throws ScimException;

    Answer create(ScimCall call, ObjectNode said) throws ScimException;

    /** @param ifMatch the version on which the change was based (RFC 7232, 3.1), or null when the client does not care */
    Answer change(ScimCall call, UUID id, @Nullable String ifMatch, Change change) throws ScimException;

    void delete(ScimCall call, UUID id, @Nullable String ifMatch) throws ScimException;

    /**
     * What a method of HTTP does with one resource; null when it is gone.
     *
     * @param said the body; null where there is none
     */
    default @Nullable Answer apply(
            String method, ScimCall call, UUID id, @Nullable String ifMatch, @Nullable ObjectNode said)
            throws ScimException {
        if (method.equals("DELETE")) {
            delete(call, id, ifMatch);
            return null;
        }
        if (said == null) {
            throw BadRequestException.invalidSyntax("There is no body");
        }
        return switch (method) {
            case "PUT" -> change(call, id, ifMatch, now -> said);
            case "PATCH" -> change(call, id, ifMatch, now -> ScimJson.patched(now, said.toString()));
            default -> throw BadRequestException.invalidValue("method is POST, PUT, PATCH or DELETE, not " + method);
        };
    }

    default UUID id(String id) throws ScimException {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException notOne) {
            throw new ResourceNotFoundException("There is no " + path() + "/" + id);
        }
    }
}
