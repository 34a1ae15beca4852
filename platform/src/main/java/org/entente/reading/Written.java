package org.entente.reading;

import org.entente.storage.ContentId;

/**
 * A content that is to be read.
 *
 * @param mediaType as whoever wrote it says: a hint
 * @param size in bytes
 */
public record Written(ContentId content, String mediaType, long size) {}
