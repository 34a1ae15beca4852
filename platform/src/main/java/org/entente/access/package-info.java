/** Subscriptions and rules become entitlements: who may use what, in which capacity, and why. */
@NullMarked
package org.entente.access;

import org.jspecify.annotations.NullMarked;
