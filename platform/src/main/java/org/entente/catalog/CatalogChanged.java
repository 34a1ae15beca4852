package org.entente.catalog;

/** Descriptors were added, changed or retired, in the running transaction: what people may use may have changed with them. */
public record CatalogChanged() {}
