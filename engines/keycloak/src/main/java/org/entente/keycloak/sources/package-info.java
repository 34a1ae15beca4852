/** Members' own identity sources: upstream OpenID Connect and SAML providers, as the platform describes them. */
@NullMarked
package org.entente.keycloak.sources;

import org.jspecify.annotations.NullMarked;
