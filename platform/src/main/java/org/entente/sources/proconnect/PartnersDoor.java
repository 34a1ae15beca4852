package org.entente.sources.proconnect;

import org.entente.base.Refusal;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.identity.SignInDirectories;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Where the sign-in engine, and nobody else, asks whose an account of ProConnect is. */
@RestController
@Needs(Right.PUBLIC)
class PartnersDoor {

    static final String PATH = "/engine/proconnect-arrivals";

    private static final String BEARER = "Bearer ";

    private final Arrivals arrivals;
    private final SignInDirectories engine;

    PartnersDoor(Arrivals arrivals, SignInDirectories engine) {
        this.arrivals = arrivals;
        this.engine = engine;
    }

    @PostMapping(PATH)
    Verdict ask(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String word,
            @RequestBody Arrival arrival) {
        if (word == null || !word.startsWith(BEARER) || !engine.isEngine(word.substring(BEARER.length()))) {
            throw Refusal.of(Refusal.Kind.UNAUTHENTICATED, "engine.word");
        }
        return arrivals.judge(arrival);
    }
}
