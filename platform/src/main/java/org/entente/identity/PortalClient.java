package org.entente.identity;

/**
 * The OIDC client as which the platform signs people in, for the one who sets up sign-in.
 *
 * @param clientId always {@code entente-portal}
 * @param clientSecret generated once for this territory
 * @param issuer of the realm, as tokens carry it and as browsers reach it
 */
public record PortalClient(String clientId, String clientSecret, String issuer) {

    public static final String ID = "entente-portal";

    /** Never shows the secret: records are easily logged. */
    @Override
    public String toString() {
        return "PortalClient[" + clientId + " at " + issuer + "]";
    }
}
