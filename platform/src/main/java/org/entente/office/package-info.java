/** Writing in one document together, in the browser: what is written is passed on, kept, and saved as versions of the file. */
@NullMarked
package org.entente.office;

import org.jspecify.annotations.NullMarked;
