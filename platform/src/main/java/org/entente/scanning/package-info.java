/**
 * Whether contents hold viruses, as ClamAV says. Nobody is served a content before it was scanned clean: this room stands at the gate of the storage, through which
 * every way to bytes leads. A content is scanned once, and again when the antivirus has learnt something new. It knows nothing of names, folders or rights.
 */
@NullMarked
package org.entente.scanning;

import org.jspecify.annotations.NullMarked;
