/**
 * Content: bytes of any length, kept in S3 (small ones in PostgreSQL) enciphered with a key of the member they belong to, counted by those who refer to
 * them, and collected when nobody does any more. It knows nothing of names, folders or rights: rooms that do refer to it.
 *
 * <h2>Why nothing acknowledged is ever lost</h2>
 *
 * <p>A chunk's row is committed as {@code pending} before its object is put and becomes {@code stored} after; the content and its pieces are committed last, in one
 * transaction that locks the rows of its chunks and finds all of them {@code stored}. So:
 *
 * <ul>
 *   <li><b>Uploader dies</b> before the put, during it, or before {@code stored}: the row is {@code pending}. The next who brings these bytes puts them again; else it
 *       is collected after a day, with the object if there is one. After {@code stored} and before the content: as a chunk that nobody has.
 *   <li><b>Two uploaders</b> bring the same bytes: one row; both may put, each time the same plain bytes under the same key, and S3 replaces an object as a whole.
 *   <li><b>Uploader and collector</b>: bringing bytes begins the day of their chunk anew, under the row's lock; the collector takes rows that are not locked, and PostgreSQL
 *       evaluates its condition again on a row that changed meanwhile. A content that is committed writes to the rows of its chunks even when nothing changes, for that reason.
 *   <li><b>An upload of more than a day</b> touches its chunks every hour; if one is gone all the same, it is refused.
 *   <li><b>A content goes while an upload counts on its chunks</b>: they only become idle then, and have a day more.
 *   <li><b>A chunk is {@code going}</b>: the unique index of bytes does not know it any more, so that the same bytes get a new row and an object of another name. A removal
 *       that reaches the store late, of a collector that hung or whose connection was cut, hits a name that nothing will ever refer to.
 *   <li><b>Collector dies</b> before the object is removed, or before the row is: the row is {@code going}, and the next run does both again.
 *   <li><b>A room refers</b> to a content that is being collected: it waits for the row's lock, finds nothing and is told so, in its own transaction.
 * </ul>
 *
 * <p>What can be left is an object without a row: of a put that ended after its row was collected, a day later. {@code StorageVerifier} lists those.
 */
@NullMarked
package org.entente.storage;

import org.jspecify.annotations.NullMarked;
