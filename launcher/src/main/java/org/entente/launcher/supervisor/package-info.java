/** The one process that starts, watches and stops the engines of a territory, and what it tells the others. */
@NullMarked
package org.entente.launcher.supervisor;

import org.jspecify.annotations.NullMarked;
