/** How long it takes, how much it holds, and how both grow. */
@NullMarked
package org.entente.bench;

import org.jspecify.annotations.NullMarked;
