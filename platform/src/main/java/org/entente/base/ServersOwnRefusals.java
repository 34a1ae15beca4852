package org.entente.base;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.webmvc.error.DefaultErrorAttributes;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.WebRequest;

/** A line on which nothing came is ended by the server itself, past every handler: in words, as {@link Problems} says the rest. */
@Component
class ServersOwnRefusals extends DefaultErrorAttributes {

    private final MessageSource messages;

    ServersOwnRefusals(MessageSource messages) {
        this.messages = messages;
    }

    @Override
    public Map<String, @Nullable Object> getErrorAttributes(WebRequest request, ErrorAttributeOptions options) {
        Map<String, @Nullable Object> said = super.getErrorAttributes(request, options);
        if (!Integer.valueOf(HttpStatus.REQUEST_TIMEOUT.value()).equals(said.get("status"))) {
            return said;
        }
        String code = "request.408";
        String text = messages.getMessage("refusal." + code, null, code, LocaleContextHolder.getLocale());
        Map<String, @Nullable Object> problem = new HashMap<>();
        problem.put("status", said.get("status"));
        problem.put("title", said.get("error"));
        problem.put("detail", text);
        problem.put("code", code);
        problem.put("request", RequestId.current());
        return problem;
    }
}
