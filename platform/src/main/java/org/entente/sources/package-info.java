/** What keeps a member's people from outside: its own software by SCIM 2.0 (RFC 7643, 7644). */
@NullMarked
package org.entente.sources;

import org.jspecify.annotations.NullMarked;
