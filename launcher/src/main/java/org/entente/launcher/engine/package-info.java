/** One class an engine: how it is unpacked, configured, started, watched and stopped. Also used by the platform's tests. */
@NullMarked
package org.entente.launcher.engine;

import org.jspecify.annotations.NullMarked;
