package org.entente.storage;

/**
 * What was kept.
 *
 * @param size in bytes
 * @param sha256 of all of it
 */
public record Kept(ContentId id, long size, Sha256 sha256) {}
