package org.entente.directory;

import org.jspecify.annotations.Nullable;

/** A member as any screen names it; without a SIREN when it is not known. */
public record MemberRef(MemberId id, String name, @Nullable Siren siren, String colour) {}
