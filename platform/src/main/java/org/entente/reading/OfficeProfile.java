package org.entente.reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How LibreOffice is set up for documents of strangers: no macro runs, nothing that a document names is fetched, from the network or from this machine. The wall is the
 * namespace it is started in, where there is one; this holds where there is none.
 */
final class OfficeProfile {

    private static final String COMMON = "/org.openoffice.Office.Common/Security/Scripting";
    private static final String INET = "/org.openoffice.Inet/Settings";

    /** Path, name, value. Updating links: 2 is never. The proxy is a port at which nobody listens. */
    private static final String[][] SET = {
        {COMMON, "MacroSecurityLevel", "3"},
        {COMMON, "DisableMacrosExecution", "true"},
        {COMMON, "BlockUntrustedRefererLinks", "true"},
        {"/org.openoffice.Office.Writer/Content/Update", "Link", "2"},
        {"/org.openoffice.Office.Calc/Content/Update", "Link", "2"},
        {"/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"},
        {INET, "ooInetProxyType", "2"},
        {INET, "ooInetHTTPProxyName", "127.0.0.1"},
        {INET, "ooInetHTTPProxyPort", "9"},
        {INET, "ooInetHTTPSProxyName", "127.0.0.1"},
        {INET, "ooInetHTTPSProxyPort", "9"},
    };

    private OfficeProfile() {}

    /** Makes it anew: what a document leaves in one is gone with it. */
    static Path make(Path within) throws IOException {
        Path profile = within.resolve("profile");
        Path user = Files.createDirectories(profile.resolve("user"));
        StringBuilder xml = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
                """);
        for (String[] one : SET) {
            xml.append("<item oor:path=\"")
                    .append(one[0])
                    .append("\"><prop oor:name=\"")
                    .append(one[1])
                    .append("\" oor:op=\"fuse\"><value>")
                    .append(one[2])
                    .append("</value></prop></item>\n");
        }
        Files.writeString(user.resolve("registrymodifications.xcu"), xml.append("</oor:items>\n"));
        return profile;
    }
}
