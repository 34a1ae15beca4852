/** Signing in: address, password or passkey, second factor, then the capacity in which the person acts in this app. */
@NullMarked
package org.entente.keycloak.signin;

import org.jspecify.annotations.NullMarked;
