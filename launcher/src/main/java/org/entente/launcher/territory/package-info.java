/** What one territory is on this machine: its settings, its folder, its secrets, its programs. */
@NullMarked
package org.entente.launcher.territory;

import org.jspecify.annotations.NullMarked;
