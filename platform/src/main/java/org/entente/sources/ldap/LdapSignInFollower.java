package org.entente.sources.ldap;

import org.entente.directory.MailDomainsChanged;
import org.entente.identity.SignInEngineReady;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/** Keeps the sign-in engine at what members said of their directories, when it was made anew or their mail domains changed. */
@Component
class LdapSignInFollower {

    private static final Logger log = LoggerFactory.getLogger(LdapSignInFollower.class);

    private final LdapSignIn signIn;

    LdapSignInFollower(LdapSignIn signIn) {
        this.signIn = signIn;
    }

    @EventListener
    void ready(SignInEngineReady ready) {
        try {
            signIn.put();
        } catch (RuntimeException e) {
            log.error("Nobody signs in by a member's directory: {}", e.getMessage());
        }
    }

    @ApplicationModuleListener
    void domainsChanged(MailDomainsChanged changed) {
        signIn.put();
    }
}
