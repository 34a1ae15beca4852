package org.entente.provisioning;

import java.util.List;
import java.util.UUID;
import org.entente.identity.LogoutNotices;
import org.entente.provisioning.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/** Says to the engine that signs people in what is kept here, so that it need not be said again. */
@Component
class HeardNotices {

    private static final Logger log = LoggerFactory.getLogger(HeardNotices.class);

    private final LogoutNotices engine;

    HeardNotices(LogoutNotices engine) {
        this.engine = engine;
    }

    /** After the commit of what was kept; where it fails, the same notices come again, which changes nothing. */
    void of(List<Outcome> outcomes) {
        List<UUID> notices = outcomes.stream()
                .flatMap(outcome -> outcome.notices().stream())
                .map(LogoutNotices.Notice::id)
                .distinct()
                .toList();
        try {
            for (int from = 0; from < notices.size(); from += LogoutNotices.MOST_HEARD) {
                engine.heard(notices.subList(from, Math.min(notices.size(), from + LogoutNotices.MOST_HEARD)));
            }
        } catch (RestClientException e) {
            log.info("The sign-in engine will say again what applications are told: {}", e.getMessage());
        }
    }
}
