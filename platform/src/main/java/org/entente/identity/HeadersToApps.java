package org.entente.identity;

import java.util.Map;
import org.entente.directory.AffiliationId;

/** What an application behind the header gateway would receive of a person: offered by the room that sends it. */
public interface HeadersToApps {

    /**
     * @return value by header, as people read it; what is not known is absent
     * @throws org.entente.base.Refusal when there is no such application, or the capacity has ended
     */
    Map<String, String> ask(String service, AffiliationId capacity);
}
