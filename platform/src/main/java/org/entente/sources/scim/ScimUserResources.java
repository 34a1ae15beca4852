package org.entente.sources.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code /Users} of a member. */
@Component
class ScimUserResources implements ScimResources {

    private final ScimUsers users;
    private final ScimGathering gathering;

    ScimUserResources(ScimUsers users, ScimGathering gathering) {
        this.users = users;
        this.gathering = gathering;
    }

    @Override
    public String path() {
        return "/Users";
    }

    @Override
    public Page find(ScimCall call, @Nullable String filter, List<String> excluded, int skip, int count)
            throws ScimException {
        ScimUsers.Found found = users.find(call.member(), ScimFilter.users(filter), skip, count);
        return new Page(
                found.total(),
                found.users().stream()
                        .map(user -> ScimJson.write(user, call.base()))
                        .toList());
    }

    @Override
    public Answer get(ScimCall call, UUID id, List<String> excluded) throws ScimException {
        return answer(call, users.get(call.member(), id));
    }

    @Override
    public Answer create(ScimCall call, ObjectNode said) throws ScimException {
        return answer(call, gathering.create(call, ScimUser.of(said)));
    }

    @Override
    public Answer change(ScimCall call, UUID id, @Nullable String ifMatch, Change change) throws ScimException {
        return answer(
                call,
                users.change(call, id, ifMatch, now -> ScimUser.of(change.from(ScimJson.write(now, call.base())))));
    }

    @Override
    public void delete(ScimCall call, UUID id, @Nullable String ifMatch) throws ScimException {
        users.delete(call, id, ifMatch);
    }

    static Answer answer(ScimCall call, ScimUsers.Shown user) {
        return new Answer(user.id(), ScimJson.version(user), ScimJson.write(user, call.base()));
    }
}
