/** The words after {@code ./entente}: one class each. */
@NullMarked
package org.entente.launcher.command;

import org.jspecify.annotations.NullMarked;
