/** Applications that sign people in by CAS 2 and 3: the protocol, as a login protocol of Keycloak beside OpenID Connect and SAML. */
@NullMarked
package org.entente.keycloak.cas;

import org.jspecify.annotations.NullMarked;
