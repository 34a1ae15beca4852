/** Outbound SCIM 2.0 (RFC 7643, 7644): keeps accounts in any application that takes them. */
@NullMarked
package org.entente.provisioning.scim;

import org.jspecify.annotations.NullMarked;
