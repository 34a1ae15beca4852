/** Tells applications, without the browser, that a session of theirs has ended. */
@NullMarked
package org.entente.keycloak.backchannel;

import org.jspecify.annotations.NullMarked;
