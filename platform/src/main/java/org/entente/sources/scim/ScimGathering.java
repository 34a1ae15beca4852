package org.entente.sources.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import java.time.Duration;
import java.util.List;
import org.entente.base.Gathering;
import org.entente.base.Refusal;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Single creates that one software asks for at the same time. What the ledger says of one author, and no more, is written together. */
@Component
class ScimGathering implements Gathering.Doing<ScimCall, ScimUser, ScimUsers.Shown, ScimException> {

    private static final int AT_ONCE = 200;
    private static final Duration COMES_AGAIN = Duration.ofMillis(5);

    private final ScimArrivals arrivals;
    private final Gathering<ScimCall, ScimUser, ScimUsers.Shown, ScimException> gathering =
            new Gathering<>(this, AT_ONCE, COMES_AGAIN);

    ScimGathering(ScimArrivals arrivals) {
        this.arrivals = arrivals;
    }

    ScimUsers.Shown create(ScimCall call, ScimUser user) throws ScimException {
        return gathering.ask(call, user);
    }

    @Override
    public List<ScimUsers.Shown> together(ScimCall call, List<ScimUser> users) throws ScimException {
        return arrivals.createAll(call, users);
    }

    @Override
    public ScimUsers.Shown alone(ScimCall call, ScimUser user) throws ScimException {
        return arrivals.createAll(call, List.of(user)).getFirst();
    }

    @Override
    public boolean blamesOne(Exception failure) {
        return failure instanceof ScimException
                || failure instanceof Refusal
                || failure instanceof DataAccessException
                || failure instanceof TransactionException;
    }
}
