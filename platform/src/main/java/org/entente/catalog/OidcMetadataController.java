package org.entente.catalog;

import java.util.List;
import java.util.Locale;
import org.entente.base.Fetch;
import org.entente.base.Refusal;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Reads what an OpenID Connect application says of itself, pasted or from where it publishes it. Nothing is kept. */
@RestController
class OidcMetadataController {

    private final Fetch fetch;
    private final JsonMapper json;
    private final MessageSource messages;

    OidcMetadataController(Fetch fetch, JsonMapper json, MessageSource messages) {
        this.fetch = fetch;
        this.json = json;
        this.messages = messages;
    }

    /** Either the text, or its address. */
    record Given(@Nullable String json, @Nullable String url) {}

    /** @param stops whether the application will not work as it says */
    record RemarkView(String word, boolean stops, String text) {}

    record Known(
            @Nullable String name,
            @Nullable String clientId,
            List<String> redirectUris,
            List<String> afterSignOut,
            @Nullable String backChannelLogout,
            @Nullable String opens,
            boolean confidential,
            boolean es256,
            List<RemarkView> remarks) {}

    @PostMapping("/api/operator/descriptors/oidc-metadata")
    @Needs(Right.OPERATE)
    Known read(@RequestBody Given given, Locale locale) {
        String url = given.url();
        OidcMetadata known = OidcMetadata.read(url == null || url.isBlank() ? given.json() : published(url), json);
        return new Known(
                known.name(),
                known.clientId(),
                known.redirectUris(),
                known.afterSignOut(),
                known.backChannelLogout(),
                known.opens(),
                known.confidential(),
                known.es256(),
                known.remarks().stream()
                        .map(one -> new RemarkView(one.word(), one.stops(), words(one, locale)))
                        .toList());
    }

    private String published(String url) {
        try {
            Fetch.Answer answer = fetch.get(url);
            if (answer.status() != 200) {
                throw Refusal.invalidField("url", "oidc-metadata.status", answer.status());
            }
            return answer.body();
        } catch (Fetch.Unanswered e) {
            throw Refusal.invalidField(
                    "url", "source.finding." + e.code(), e.args().toArray());
        }
    }

    private String words(OidcMetadata.Remark remark, Locale locale) {
        String key = "catalog.oidc-metadata." + remark.code();
        return String.valueOf(messages.getMessage(key, remark.args().toArray(), key, locale));
    }
}
