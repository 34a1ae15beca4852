/** What a person is in Keycloak: the words that the people resource, the sign-in and the claims share. */
@NullMarked
package org.entente.keycloak;

import org.jspecify.annotations.NullMarked;
