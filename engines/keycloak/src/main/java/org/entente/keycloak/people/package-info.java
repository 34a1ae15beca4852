/** The admin resource: the people of the territory written in batches, and what a vanished capacity held cut with them. */
@NullMarked
package org.entente.keycloak.people;

import org.jspecify.annotations.NullMarked;
