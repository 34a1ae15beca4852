package org.entente.sources.proconnect;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where the sign-in engine reaches the platform: as for members' directories. */
@Component
class EngineDoor {

    private final Environment environment;
    private final String door;

    EngineDoor(Environment environment, @Value("${entente.sources.ldap.sign-in.door:}") String door) {
        this.environment = environment;
        this.door = door;
    }

    String at(String path) {
        String base = door.isBlank()
                ? "http://127.0.0.1:"
                        + environment.getProperty("local.server.port", environment.getProperty("server.port", "8400"))
                : door;
        return base + path;
    }
}
