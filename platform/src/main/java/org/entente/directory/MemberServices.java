package org.entente.directory;

import java.util.Map;

/** How many services each member has subscribed to: told by the room that knows, which is above this one. */
public interface MemberServices {

    /** Members without any are absent. */
    Map<MemberId, Integer> subscribed();
}
