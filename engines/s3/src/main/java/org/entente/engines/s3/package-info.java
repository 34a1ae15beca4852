/** The object store of a machine that has no better one. */
@NullMarked
package org.entente.engines.s3;

import org.jspecify.annotations.NullMarked;
