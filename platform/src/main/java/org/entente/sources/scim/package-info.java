/** The software of a member keeps its people here by SCIM 2.0 (RFC 7643, RFC 7644). */
@NullMarked
package org.entente.sources.scim;

import org.jspecify.annotations.NullMarked;
