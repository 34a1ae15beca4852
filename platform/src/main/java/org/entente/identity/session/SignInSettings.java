package org.entente.identity.session;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param publicUrl where browsers reach the portal; never taken from a request, whose headers anyone may write */
@ConfigurationProperties("entente")
record SignInSettings(@DefaultValue("http://localhost:8400") URI publicUrl) {

    boolean secure() {
        return "https".equals(publicUrl.getScheme());
    }

    String at(String path) {
        String base = publicUrl.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }
}
