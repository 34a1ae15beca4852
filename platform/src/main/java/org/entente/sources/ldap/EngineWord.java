package org.entente.sources.ldap;

import jakarta.servlet.http.HttpServletRequest;
import org.entente.base.Doorkeeper;
import org.entente.base.Refusal;
import org.entente.identity.SignInDirectories;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Lets nobody but the sign-in engine ask about passwords. */
@Component
class EngineWord extends Doorkeeper {

    private static final String BEARER = "Bearer ";

    private final ObjectProvider<SignInDirectories> engine;

    /** Doorkeepers are made before the rooms. */
    EngineWord(ObjectProvider<SignInDirectories> engine) {
        super(LdapDoor.class);
        this.engine = engine;
    }

    @Override
    protected void ask(HttpServletRequest request) {
        String word = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (word == null || !word.startsWith(BEARER) || !engine.getObject().isEngine(word.substring(BEARER.length()))) {
            throw Refusal.of(Refusal.Kind.UNAUTHENTICATED, "engine.word");
        }
    }
}
