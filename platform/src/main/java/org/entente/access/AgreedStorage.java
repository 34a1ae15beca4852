package org.entente.access;

import java.util.Map;
import org.entente.directory.MemberId;

/** Offered by the room that knows the agreements: how much members may keep in a service today. */
@FunctionalInterface
public interface AgreedStorage {

    /** Bytes, all spaces of a member together; a member that is missing has no bound. */
    Map<MemberId, Long> of(String service);
}
