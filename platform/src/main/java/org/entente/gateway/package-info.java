/** The header gateway: applications that believe the headers of the proxy in front of them, each behind a host name of its own. */
@NullMarked
package org.entente.gateway;

import org.jspecify.annotations.NullMarked;
