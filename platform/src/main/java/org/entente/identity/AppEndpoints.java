package org.entente.identity;

import java.util.Map;
import org.entente.catalog.SignIn;

/** What has to be typed into an application so that it finds the territory's sign-in. */
public interface AppEndpoints {

    /** Names and values in the order in which they are asked for; empty for what the sign-in does not know. */
    Map<String, String> of(SignIn signIn);
}
