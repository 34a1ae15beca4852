/** How a set of affiliation changes is kept and told. */
@NullMarked
package org.entente.directory.changes;

import org.jspecify.annotations.NullMarked;
