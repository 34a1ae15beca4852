/** Files of persons, units, members and of several together: spaces, the tree in each, who may do what in it, and what was there before. */
@NullMarked
package org.entente.files;

import org.jspecify.annotations.NullMarked;
