/**
 * What contents say, so that they are found by it. Whoever refers to a content asks for it to be read; a queue in the database remembers so. It is read soon, off
 * every request, by a program of its own that may be killed at any time ({@code engines/reader}), and its words are kept as numbers only the member's key can make.
 *
 * <p>And how office documents look, so that they are seen without the program that wrote them: PDFs, made by LibreOffice behind the same walls when somebody asks.
 *
 * <p>It knows nothing of names, folders or rights: rooms that do look up contents by words, among those they may show.
 */
@NullMarked
package org.entente.reading;

import org.jspecify.annotations.NullMarked;
