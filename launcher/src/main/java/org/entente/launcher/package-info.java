/** The {@code entente} command: starts, orders, watches and stops the engines of one machine. */
@NullMarked
package org.entente.launcher;

import org.jspecify.annotations.NullMarked;
