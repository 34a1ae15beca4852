/** ProConnect as an upstream source: partners of members, whom an organisation of the State or another body vouches for, sign in by it. */
@NullMarked
package org.entente.sources.proconnect;

import org.jspecify.annotations.NullMarked;
