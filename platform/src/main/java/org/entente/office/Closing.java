package org.entente.office;

import org.springframework.web.socket.CloseStatus;

/** Why a line is closed, in the numbers that are left to applications (RFC 6455, 7.4.2); the browser says it in words. */
final class Closing {

    /** The session is over, or acts in another capacity. */
    static final CloseStatus SIGNED_OUT = new CloseStatus(4401, "signed out");

    /** The file is not there for this person any more. */
    static final CloseStatus NO_RIGHT = new CloseStatus(4403, "no right");

    /** May write now, or only read: to come again. */
    static final CloseStatus OTHER_RIGHT = new CloseStatus(4409, "another right");

    /** The sitting is over: to open the file anew. */
    static final CloseStatus ENDED = new CloseStatus(4410, "ended");

    /** As the other, because the file was replaced elsewhere and nothing was unsaved. */
    static final CloseStatus REPLACED = new CloseStatus(4411, "replaced");

    /** More than one message may hold, or than is kept of one document. */
    static final CloseStatus TOO_LARGE = new CloseStatus(4413, "too large");

    static final CloseStatus BROKEN = new CloseStatus(4422, "broken");

    static final CloseStatus TOO_OFTEN = new CloseStatus(4429, "too often");

    /** Too many people or windows are there: to come again in a while. */
    static final CloseStatus CROWDED = new CloseStatus(4430, "crowded");

    private Closing() {}
}
