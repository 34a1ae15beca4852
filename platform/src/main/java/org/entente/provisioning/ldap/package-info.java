/** The tree that applications which know nothing but LDAP read, and the connector that keeps it. */
@NullMarked
package org.entente.provisioning.ldap;

import org.jspecify.annotations.NullMarked;
