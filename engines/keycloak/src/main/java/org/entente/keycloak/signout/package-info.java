/** A person signs out in the portal: what only their browser can tell is told by one visit of it. */
@NullMarked
package org.entente.keycloak.signout;

import org.jspecify.annotations.NullMarked;
