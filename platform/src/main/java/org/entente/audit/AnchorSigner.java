package org.entente.audit;

/**
 * Signs the heads of the chain that are kept outside the database. A room above that holds a key implements it; without one, anchors
 * are kept unsigned.
 */
public interface AnchorSigner {

    /** Names the key that {@link #sign} uses now; no spaces. */
    String keyId();

    byte[] sign(byte[] statement);

    /** Whether {@code signature} over {@code statement} was made with the key of that name. */
    boolean verify(String keyId, byte[] statement, byte[] signature);
}
