/** The home of every person: tiles, notices, search, what the web shell needs. */
@NullMarked
package org.entente.portal;

import org.jspecify.annotations.NullMarked;
