package org.entente.directory;

/**
 * An affiliation to be.
 *
 * @param source where it comes from: {@code manual}, {@code hr}, {@code demo}
 */
public record NewAffiliation(PersonId person, MemberId member, AffiliationKind kind, Post post, String source) {}
