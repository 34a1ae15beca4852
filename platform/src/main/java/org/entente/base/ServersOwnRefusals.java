package org.entente.base;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.webmvc.error.DefaultErrorAttributes;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.WebRequest;

/** What the server refuses by itself, past every handler, in words where we have some: as {@link Problems} says the rest. */
@Component
class ServersOwnRefusals extends DefaultErrorAttributes {

    private final MessageSource messages;

    ServersOwnRefusals(MessageSource messages) {
        this.messages = messages;
    }

    @Override
    public Map<String, @Nullable Object> getErrorAttributes(WebRequest request, ErrorAttributeOptions options) {
        Map<String, @Nullable Object> said = super.getErrorAttributes(request, options);
        String code = "request." + said.get("status");
        Locale locale = LocaleContextHolder.getLocale();
        String text = messages.getMessage("refusal." + code, null, null, locale);
        if (text == null) {
            return said;
        }
        Map<String, @Nullable Object> problem = new HashMap<>();
        problem.put("status", said.get("status"));
        problem.put("title", said.get("error"));
        problem.put("detail", text);
        problem.put("code", code);
        problem.put("request", RequestId.current());
        return problem;
    }
}
