package org.entente.identity;

import java.util.List;
import org.entente.directory.MemberId;

/**
 * Members' LDAP directories, by whose passwords their people sign in: the sign-in engine asks the platform at its door, the platform asks the directory.
 */
public interface SignInDirectories {

    /**
     * Exactly these are asked from now on; in force at once. Refuses with {@code UNAVAILABLE} when the engine does not answer, and has then changed nothing.
     *
     * @param door the address at which the engine reaches the platform: https, or on the same machine
     */
    void put(String door, List<Directory> directories);

    /** Whether who says this word at the door is the sign-in engine. */
    boolean isEngine(String word);

    /**
     * @param label what sign-in pages call it: the member's name
     * @param domains the member's proved mail domains
     * @param state {@code trial} or {@code on}
     * @param target stands for where it is and by what people are found in it: who confirmed one has not confirmed another
     * @param passwordsToo whether who is in it may use the territory's password as well
     */
    record Directory(
            MemberId member, String label, List<String> domains, String state, String target, boolean passwordsToo) {}
}
