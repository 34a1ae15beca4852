/** The tamper-evident ledger: who did what to whom, from where, before and after. */
@NullMarked
package org.entente.audit;

import org.jspecify.annotations.NullMarked;
