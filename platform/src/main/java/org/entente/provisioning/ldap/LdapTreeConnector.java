package org.entente.provisioning.ldap;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.entente.provisioning.spi.ActualAccount;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.State;
import org.entente.provisioning.spi.Outcome;
import org.entente.provisioning.spi.Target;
import org.springframework.stereotype.Component;

/**
 * Keeps the tree of a service that reads LDAP: an entry an active account, gone when it is cut. Setting: {@code password}, by which the
 * application reads it.
 */
@Component
class LdapTreeConnector implements Connector {

    private final TreeStore store;

    LdapTreeConnector(TreeStore store) {
        this.store = store;
    }

    @Override
    public String kind() {
        return "ldap";
    }

    @Override
    public int batchSize() {
        return 100;
    }

    @Override
    public List<Outcome> apply(Target target, List<DesiredAccount> batch) {
        List<Outcome> outcomes = new ArrayList<>();
        for (DesiredAccount account : batch) {
            if (account.state() == State.ACTIVE) {
                store.put(target.service(), TreeRow.of(account), account.revision());
            } else {
                store.remove(target.service(), account.account(), account.revision());
            }
            outcomes.add(Outcome.done(account.account(), account.account().toString(), ""));
        }
        return outcomes;
    }

    @Override
    public List<ActualAccount> list(Target target, String after, int limit) {
        return store.page(target.service(), after.isEmpty() ? null : UUID.fromString(after), limit).stream()
                .map(row -> new ActualAccount(row.account().toString(), row.account(), true, fingerprint(row)))
                .toList();
    }

    @Override
    public String fingerprint(Target target, DesiredAccount desired) {
        return fingerprint(TreeRow.of(desired));
    }

    private String fingerprint(TreeRow row) {
        return row.organisation() + "\n" + row.roles() + "\n" + store.written(row);
    }
}
