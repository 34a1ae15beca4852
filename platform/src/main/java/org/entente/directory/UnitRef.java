package org.entente.directory;

/** A unit as any screen names it; {@code fullName} is the path from the root. */
public record UnitRef(UnitId id, String name, String fullName) {}
