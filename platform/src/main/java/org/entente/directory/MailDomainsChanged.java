package org.entente.directory;

/** A mail domain of this member was verified or given up. */
public record MailDomainsChanged(MemberId member) {}
