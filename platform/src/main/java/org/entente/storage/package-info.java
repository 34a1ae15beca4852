/**
 * Content: bytes of any length, kept in S3 (small ones in PostgreSQL) enciphered with a key of the member they belong to, counted by those who refer to
 * them, and collected when nobody does any more. It knows nothing of names, folders or rights: rooms that do refer to it.
 */
@NullMarked
package org.entente.storage;

import org.jspecify.annotations.NullMarked;
