/** What every room stands on: refusals told plainly, the clock, paging, migrations per room. */
@NullMarked
package org.entente.base;

import org.jspecify.annotations.NullMarked;
