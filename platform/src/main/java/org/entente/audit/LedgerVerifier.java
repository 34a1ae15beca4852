package org.entente.audit;

/** Reads the whole ledger once, in constant memory, and tells whatever is no longer as it was written. */
public interface LedgerVerifier {

    Verification verify();
}
