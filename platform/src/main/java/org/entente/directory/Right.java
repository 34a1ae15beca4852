package org.entente.directory;

/** What an endpoint asks of the one who calls it. {@link Needs} puts it on the endpoint, {@link Actor#may} answers. */
public enum Right {
    /** Anyone, signed in or not. */
    PUBLIC(false),
    /** Any person who is signed in, even while none of their capacities is chosen: to see them and choose. */
    SIGNED_IN(false),
    /** Any person who is signed in and acts in a live capacity. */
    PERSON(false),
    /** As {@link #PERSON}, for what is of the person in all their authorities: not by a session that counts for one of them only. */
    WHOLE_PERSON(false),
    /** Reads a member: its admins, HR and auditors, and the operator. */
    READ_MEMBER(true),
    /** Keeps the people of a member: its HR and admins, and the operator. */
    MANAGE_PEOPLE(true),
    /** Keeps a member: units, domains, subscriptions, roles. Its admins, and the operator. */
    MANAGE_MEMBER(true),
    /** Reads the whole territory: the operator's admins and auditors. */
    READ_TERRITORY(false),
    /** Runs the territory: the operator's admins. */
    OPERATE(false);

    private final boolean ofAMember;

    Right(boolean ofAMember) {
        this.ofAMember = ofAMember;
    }

    /** Whether this right is asked for one member, named by the path variable {@code member}. */
    public boolean ofAMember() {
        return ofAMember;
    }
}
