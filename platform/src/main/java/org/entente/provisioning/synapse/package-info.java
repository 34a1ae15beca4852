/** The connector that keeps accounts in Synapse, the Matrix server. */
@NullMarked
package org.entente.provisioning.synapse;

import org.jspecify.annotations.NullMarked;
