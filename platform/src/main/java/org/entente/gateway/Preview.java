package org.entente.gateway;

import java.util.Map;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.identity.HeadersToApps;
import org.springframework.stereotype.Component;

/** The same headers as a request would carry, without a request. */
@Component
class Preview implements HeadersToApps {

    private final Apps apps;
    private final Visits visits;

    Preview(Apps apps, Visits visits) {
        this.apps = apps;
        this.visits = visits;
    }

    @Override
    public Map<String, String> ask(String service, AffiliationId capacity) {
        App app = apps.find(service).orElseThrow(() -> Refusal.notFound("service.unknown", service));
        return visits.words(app, capacity)
                .map(words -> SaysWhoComes.readable(app, words))
                .orElseThrow(() -> Refusal.notFound("claims.capacity"));
    }
}
