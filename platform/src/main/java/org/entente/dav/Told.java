package org.entente.dav;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.entente.files.FileProperties.Name;

/** Properties of what is not in the tree, as they are put together. */
final class Told {

    private final Map<Name, String> properties = new LinkedHashMap<>();

    Told dav(String name, String text) {
        return put(Live.dav(name), Live.escaped(text));
    }

    Told oc(String name, String text) {
        return put(new Name(XmlOut.OWNCLOUD, name), Live.escaped(text));
    }

    Told nc(String name, String text) {
        return put(new Name(XmlOut.NEXTCLOUD, name), Live.escaped(text));
    }

    Told folder(boolean folder) {
        return put(Live.dav("resourcetype"), folder ? "<d:collection/>" : "");
    }

    Told modified(Instant at) {
        return dav("getlastmodified", Live.HTTP.format(at));
    }

    private Told put(Name name, String content) {
        properties.put(name, content);
        return this;
    }

    void write(XmlOut out, String href) throws IOException {
        out.open("response").element("href", href).open("propstat").open("prop");
        for (Map.Entry<Name, String> one : properties.entrySet()) {
            out.property(one.getKey(), one.getValue());
        }
        out.close("prop").element("status", "HTTP/1.1 200 OK").close("propstat").close("response");
    }
}
