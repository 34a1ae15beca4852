package org.entente.directory;

/** How many services a member has subscribed to: told by the room that knows, which is above this one. */
public interface MemberServices {
    int subscribed(MemberId member);
}
