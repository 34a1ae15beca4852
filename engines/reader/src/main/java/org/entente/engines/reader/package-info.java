/** The program that takes the text out of documents: Apache Tika, alone in a process that whoever started it may kill. */
@NullMarked
package org.entente.engines.reader;

import org.jspecify.annotations.NullMarked;
