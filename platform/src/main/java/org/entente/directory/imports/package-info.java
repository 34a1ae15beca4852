/** The HR import: a file becomes a dry run, doubts are decided, then all of it is applied or nothing. */
@NullMarked
package org.entente.directory.imports;

import org.jspecify.annotations.NullMarked;
