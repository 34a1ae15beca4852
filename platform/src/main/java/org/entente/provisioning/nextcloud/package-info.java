/** The connector that keeps accounts in Nextcloud. */
@NullMarked
package org.entente.provisioning.nextcloud;

import org.jspecify.annotations.NullMarked;
