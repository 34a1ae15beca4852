/** The connector that keeps the people who can sign in. */
@NullMarked
package org.entente.provisioning.keycloak;

import org.jspecify.annotations.NullMarked;
