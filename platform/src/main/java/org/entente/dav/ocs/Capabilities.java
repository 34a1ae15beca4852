package org.entente.dav.ocs;

import static org.entente.dav.ocs.Ocs.map;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is here and what it can do; clients decide by it what they show and use. */
@Component
public class Capabilities implements OcsEndpoint {

    /** What we behave like. */
    public static final String VERSION = "28.0.0";

    /** Of our mark: the shades of {@code --accent} in the look of the portal. */
    private static final String COLOUR = "#0b5a86";

    private static final Map<String, @Nullable Object> VERSIONS =
            map("major", 28, "minor", 0, "micro", 0, "string", VERSION, "edition", "", "extendedSupport", false);

    Capabilities() {}

    @Override
    public Optional<Object> answer(OcsCall call) {
        if (!call.is("GET", "cloud", "capabilities")) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> all = open(call.base());
        all.put("dav", map("chunking", "1.0"));
        all.put(
                "files",
                map(
                        "bigfilechunking", true,
                        "undelete", true,
                        "versioning", true,
                        "blacklisted_files", List.of()));
        all.put("files_sharing", sharing());
        all.put("checksums", map("supportedTypes", List.of("SHA256", "SHA1", "MD5"), "preferredUploadType", "SHA1"));
        return Optional.of(map("version", VERSIONS, "capabilities", all));
    }

    /** As much as one must know to sign in. */
    Object toStrangers(String base) {
        return map("version", VERSIONS, "capabilities", open(base));
    }

    private static Map<String, @Nullable Object> open(String base) {
        return map(
                "core",
                map("pollinterval", 60, "webdav-root", "remote.php/webdav"),
                "theming",
                map(
                        "name",
                        "Entente",
                        "url",
                        base + "/",
                        "slogan",
                        "",
                        "color",
                        COLOUR,
                        "color-text",
                        "#ffffff",
                        "color-element",
                        COLOUR,
                        "color-element-bright",
                        COLOUR,
                        "color-element-dark",
                        COLOUR,
                        "logo",
                        base + "/favicon.svg",
                        "background",
                        COLOUR,
                        "background-plain",
                        true,
                        "background-default",
                        true,
                        "logoheader",
                        base + "/favicon.svg",
                        "favicon",
                        base + "/favicon.svg"));
    }

    private static Map<String, @Nullable Object> sharing() {
        return map(
                "api_enabled",
                true,
                "resharing",
                true,
                "group_sharing",
                true,
                "default_permissions",
                Permission.READ,
                "public",
                map(
                        "enabled", true,
                        "password", map("enforced", false, "askForOptionalPassword", false),
                        "expire_date", map("enabled", false),
                        "expire_date_internal", map("enabled", false),
                        "expire_date_remote", map("enabled", false),
                        "multiple_links", true,
                        "send_mail", false,
                        "upload", true,
                        "upload_files_drop", true),
                "user",
                map("send_mail", false, "expire_date", map("enabled", true)),
                "group",
                map("enabled", true, "expire_date", map("enabled", true)),
                "federation",
                map("outgoing", false, "incoming", false),
                "sharebymail",
                map("enabled", false),
                "sharee",
                map("query_lookup_default", false, "always_show_unique", true));
    }
}
