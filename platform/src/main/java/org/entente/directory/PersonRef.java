package org.entente.directory;

/** A person as any screen names them. */
public record PersonRef(PersonId id, String givenName, String usualName) {}
