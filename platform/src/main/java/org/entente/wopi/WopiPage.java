package org.entente.wopi;

import java.util.Optional;
import java.util.regex.Pattern;
import org.entente.files.NodeId;
import org.entente.identity.FramedServers;
import org.springframework.stereotype.Component;

/** The page of the portal in which the office server's page is. */
@Component
class WopiPage implements FramedServers {

    private static final String PATH = "/office-server/";
    private static final Pattern PAGE = Pattern.compile("/office-server/[0-9a-f-]{36}");

    private final WopiSettings settings;

    WopiPage(WopiSettings settings) {
        this.settings = settings;
    }

    static String of(NodeId file) {
        return PATH + file;
    }

    @Override
    public Optional<String> framedBy(String path) {
        return PAGE.matcher(path).matches() ? settings.server().flatMap(WopiSettings::origin) : Optional.empty();
    }
}
