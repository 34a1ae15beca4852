/** The HR import: a file becomes a dry run, doubts are decided, then all of it is applied or nothing. Sources above come in by {@code SourceImports}. */
@NullMarked
@NamedInterface("imports")
package org.entente.directory.imports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
