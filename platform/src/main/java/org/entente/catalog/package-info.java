/** Service descriptors: what exists, how it signs in, what it needs. */
@NullMarked
package org.entente.catalog;

import org.jspecify.annotations.NullMarked;
