package org.entente.sources.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code /Groups} of a member. */
@Component
class ScimGroupResources implements ScimResources {

    private static final String MEMBERS = "members";

    private final ScimGroups groups;

    ScimGroupResources(ScimGroups groups) {
        this.groups = groups;
    }

    @Override
    public String path() {
        return "/Groups";
    }

    @Override
    public Page find(ScimCall call, @Nullable String filter, List<String> excluded, int skip, int count)
            throws ScimException {
        ScimGroups.Found found = groups.find(call.member(), ScimFilter.groups(filter), skip, count);
        return new Page(
                found.total(),
                found.groups().stream()
                        .map(group -> ScimJson.write(group, call.base(), !excluded.contains(MEMBERS)))
                        .toList());
    }

    @Override
    public Answer get(ScimCall call, UUID id, List<String> excluded) throws ScimException {
        return answer(call, groups.get(call.member(), id), !excluded.contains(MEMBERS));
    }

    @Override
    public Answer create(ScimCall call, ObjectNode said) throws ScimException {
        return answer(call, groups.create(call.member(), ScimGroup.of(said), call.by()), true);
    }

    @Override
    public Answer change(ScimCall call, UUID id, @Nullable String ifMatch, Change change) throws ScimException {
        return answer(
                call,
                groups.change(
                        call.member(),
                        id,
                        ifMatch,
                        now -> ScimGroup.of(change.from(ScimJson.write(now, call.base(), true))),
                        call.by()),
                true);
    }

    @Override
    public void delete(ScimCall call, UUID id, @Nullable String ifMatch) throws ScimException {
        groups.delete(call.member(), id, ifMatch, call.by());
    }

    private static Answer answer(ScimCall call, ScimGroups.Shown group, boolean members) {
        return new Answer(group.id(), ScimJson.version(group), ScimJson.write(group, call.base(), members));
    }
}
