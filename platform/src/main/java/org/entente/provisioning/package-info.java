/** Entitlements become accounts: the reconciling engine, its connectors, departures and their certificates. */
@NullMarked
package org.entente.provisioning;

import org.jspecify.annotations.NullMarked;
