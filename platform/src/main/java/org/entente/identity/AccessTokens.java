package org.entente.identity;

import java.util.Optional;

/**
 * Lets an application in, in the name of the person who is signed in to it, by the access token that it has from our sign-in (RFC 6750). The engine that gave it is
 * asked each time (RFC 7662): a token of a session that was ended, or of a capacity that is over, opens nothing from that moment on.
 */
public interface AccessTokens {

    /** The scope by which an application asks for a person's files, and whom the token is then for. */
    String FILES_SCOPE = "files";

    String FILES_AUDIENCE = "entente-files";

    /**
     * Who this is and in which capacity, when the token is one of files and the capacity is live now.
     *
     * @throws org.entente.base.Refusal UNAVAILABLE {@code bearer.down} when the engine does not answer
     */
    Optional<AppPasswords.Granted> forFiles(String token);
}
