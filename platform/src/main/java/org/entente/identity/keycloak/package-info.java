/** How the platform keeps Keycloak: the realm as code, the people in it, the clients of the catalogue's services. */
@NullMarked
package org.entente.identity.keycloak;

import org.jspecify.annotations.NullMarked;
