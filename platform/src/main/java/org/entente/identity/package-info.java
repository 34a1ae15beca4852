/** Keycloak as an engine, and the sign-in it gives: realm, sessions, acting capacity, app passwords. */
@NullMarked
package org.entente.identity;

import org.jspecify.annotations.NullMarked;
