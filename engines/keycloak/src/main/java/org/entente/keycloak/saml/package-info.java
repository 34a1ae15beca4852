/** SAML applications: what Keycloak's own protocol leaves out. */
@NullMarked
package org.entente.keycloak.saml;

import org.jspecify.annotations.NullMarked;
