package org.entente.keycloak;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Supplier;

/** What the platform's door in Keycloak answers with: canonical JSON, and why something asked for cannot be read. */
public final class Answers {

    private Answers() {}

    public static Response answer(Object value) {
        return Response.ok(Json.write(value)).build();
    }

    /** What was sent, read; what cannot be is the caller's mistake. */
    public static <T> T asked(Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    public static BadRequestException bad(String why) {
        return new BadRequestException(Response.status(Response.Status.BAD_REQUEST)
                .entity(Json.write(Map.of("error", why)))
                .type(MediaType.APPLICATION_JSON)
                .build());
    }
}
