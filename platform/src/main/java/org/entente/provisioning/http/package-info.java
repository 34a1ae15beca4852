/** What connectors that speak HTTP have in common: calls with a deadline, and batches whose people do not wait for one another. */
@NullMarked
package org.entente.provisioning.http;

import org.jspecify.annotations.NullMarked;
