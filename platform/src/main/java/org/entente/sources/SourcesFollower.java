package org.entente.sources;

import org.entente.directory.MailDomainsChanged;
import org.entente.identity.SignInEngineReady;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/** Keeps the sign-in engine at what members said of their sources, when it was made anew or their mail domains changed. */
@Component
class SourcesFollower {

    private static final Logger log = LoggerFactory.getLogger(SourcesFollower.class);

    private final SourceStore store;
    private final IdentitySources sources;

    SourcesFollower(SourceStore store, IdentitySources sources) {
        this.store = store;
        this.sources = sources;
    }

    @EventListener
    void putAll(SignInEngineReady ready) {
        store.described().forEach(source -> {
            try {
                sources.putAgain(source.id());
            } catch (RuntimeException e) {
                // One that cannot be put, as when its secret does not open, must not keep the others from their work.
                log.error(
                        "The identity source {} of member {} is not in force: {}",
                        source.id(),
                        source.member(),
                        e.getMessage());
            }
        });
    }

    /** A domain that was given up must no longer lead to the source, nor be vouched for by it. */
    @ApplicationModuleListener
    void domainsChanged(MailDomainsChanged changed) {
        store.of(changed.member()).forEach(source -> sources.putAgain(source.id()));
    }
}
