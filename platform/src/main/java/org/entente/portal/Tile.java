package org.entente.portal;

import org.entente.catalog.Service;
import org.entente.catalog.SignIn;
import org.entente.catalog.Words;
import org.jspecify.annotations.Nullable;

/**
 * A service as something to open.
 *
 * @param url a page of the browser application, or the platform's own door to the service, which checks the right and counts
 * @param external whether it leads out of the application
 */
record Tile(String service, Words name, Words summary, String icon, String category, String url, boolean external) {

    /** Null when the service has nothing to open, such as sign-in itself. */
    static @Nullable Tile of(Service service) {
        String opens = service.signIn().opens();
        if (opens == null) {
            return null;
        }
        boolean builtIn = service.signIn() instanceof SignIn.BuiltIn;
        return new Tile(
                service.id(),
                service.name(),
                service.summary(),
                service.icon(),
                service.category(),
                builtIn ? opens : "/go/" + service.id(),
                !builtIn);
    }
}
