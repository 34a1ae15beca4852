/** What an app is told: claims in ProConnect's words, of the capacity in which the person acts there. */
@NullMarked
package org.entente.keycloak.claims;

import org.jspecify.annotations.NullMarked;
