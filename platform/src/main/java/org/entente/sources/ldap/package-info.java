/** A member's own LDAP directory or Active Directory, read as a source of the import (RFC 4511, 4513, 4515, 2696). */
@NullMarked
package org.entente.sources.ldap;

import org.jspecify.annotations.NullMarked;
