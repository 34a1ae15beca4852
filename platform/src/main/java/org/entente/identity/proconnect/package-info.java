/** What ProConnect has to know of the territory as one of its identity providers. */
@NullMarked
package org.entente.identity.proconnect;

import org.jspecify.annotations.NullMarked;
