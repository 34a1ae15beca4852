package org.entente.dav.ocs;

import org.entente.files.SpaceRole;

/** Nextcloud's bits for what one may do, and our roles. */
final class Permission {

    static final int READ = 1;
    static final int UPDATE = 2;
    static final int CREATE = 4;
    static final int DELETE = 8;
    static final int SHARE = 16;

    private static final int CHANGE = UPDATE | CREATE | DELETE;

    private Permission() {}

    static int of(SpaceRole role, boolean folder) {
        int change = folder ? CHANGE : UPDATE;
        return switch (role) {
            case READ -> READ;
            case EDIT -> READ | change;
            case MANAGE -> READ | change | SHARE;
        };
    }

    /**
     * The role that these bits ask for. Clients ask for "may share" unless told not to: who may say who else may, is decided in the portal, where it is said what that means.
     *
     * @param before what was given already
     */
    static SpaceRole role(int bits, SpaceRole before) {
        if ((bits & CHANGE) == 0) {
            return SpaceRole.READ;
        }
        return before == SpaceRole.MANAGE && (bits & SHARE) != 0 ? SpaceRole.MANAGE : SpaceRole.EDIT;
    }

    /** Whether a link with these bits is for putting files without seeing what is there. */
    static boolean drop(int bits) {
        return (bits & READ) == 0 && (bits & CREATE) != 0;
    }

    /** Whether a link with these bits lets strangers change what is there, which ours do not. */
    static boolean changes(int bits) {
        return (bits & READ) != 0 && (bits & CHANGE) != 0;
    }
}
