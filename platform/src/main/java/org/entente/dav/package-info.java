/** Files by WebDAV (RFC 4918 classes 1, 2 and 3; RFC 6578), for what every system can mount and for the clients people have. */
@NullMarked
package org.entente.dav;

import org.jspecify.annotations.NullMarked;
