package org.entente.identity;

import java.util.Optional;

/**
 * Offered by a room one of whose pages shows a page of another server within itself. That page alone may then frame that server and send it a form;
 * every other page of the portal frames nothing (Content Security Policy Level 3, {@code frame-src} and {@code form-action}).
 */
public interface FramedServers {

    /** @param path of the page @return the origin of the one server that it may frame, such as {@code https://office.example.fr} */
    Optional<String> framedBy(String path);
}
