/** Who is who, and until when: members, units, persons, affiliations, and who may administer them. */
@NullMarked
package org.entente.directory;

import org.jspecify.annotations.NullMarked;
