/** What members share and how they pay for it: cost keys, budgets, contributions, agreements, decisions, requests, usage. */
@NullMarked
package org.entente.pooling;

import org.jspecify.annotations.NullMarked;
