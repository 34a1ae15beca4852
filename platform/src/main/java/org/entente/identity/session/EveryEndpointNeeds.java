package org.entente.identity.session;

import java.util.ArrayList;
import java.util.List;
import org.entente.directory.Right;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The platform does not start with an endpoint that forgot to say who may call it. */
@Component
class EveryEndpointNeeds implements SmartInitializingSingleton {

    private final RequestMappingHandlerMapping endpoints;

    EveryEndpointNeeds(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> wrong = new ArrayList<>();
        endpoints.getHandlerMethods().forEach((mapping, endpoint) -> {
            try {
                Right right = NeedsInterceptor.of(endpoint);
                if (right != null
                        && right.ofAMember()
                        && !mapping.getPatternValues().stream().allMatch(path -> path.contains("/{member}"))) {
                    wrong.add(endpoint + " asks a right of a member but has no path variable {member}");
                }
            } catch (IllegalStateException e) {
                wrong.add(String.valueOf(e.getMessage()));
            }
        });
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("Endpoints that anyone could call:\n  " + String.join("\n  ", wrong));
        }
    }
}
