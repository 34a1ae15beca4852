package org.entente.provisioning.ldap;

import com.unboundid.ldap.sdk.DN;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.identity.AppPasswords;
import org.entente.identity.Door;

/** Who may read: an application by the password of its descriptor, or a person of its tree by an app password for it, of that very capacity. */
record Readers(Catalog catalog, AppPasswords passwords) {

    /** An application's password is known to no person: it can be long, so nobody guesses it however often they try. */
    private static final int SHORTEST = 20;

    /** Whether this service is served by the tree. */
    boolean serves(String service) {
        return catalog.find(service)
                .filter(one -> "ldap".equals(one.connector()))
                .isPresent();
    }

    boolean isReader(String service, DN dn, String password) {
        if (!serves(service) || !Tree.reader(service).equals(dn)) {
            return false;
        }
        String secret;
        try {
            secret = catalog.settings(service).getOrDefault("password", "");
        } catch (Refusal missing) {
            return false;
        }
        return secret.length() >= SHORTEST
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws Refusal after too many failures */
    boolean isPerson(String service, TreeRow row, String password, String remote) {
        String mail = row.mail();
        if (mail == null) {
            return false;
        }
        Optional<AppPasswords.Granted> granted = passwords.authenticate(mail, password, remote, Door.ldap(service));
        return granted.filter(one -> one.capacity().value().equals(row.capacity()))
                .isPresent();
    }
}
