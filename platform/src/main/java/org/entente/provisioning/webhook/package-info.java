/** The connector that tells any application of its accounts, signed. */
@NullMarked
package org.entente.provisioning.webhook;

import org.jspecify.annotations.NullMarked;
