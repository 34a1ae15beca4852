package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Asks {@link Needs} of the one who calls, before any endpoint runs.
 *
 * <p>A member that is not the actor's own is refused with 403, whether it exists or not and without looking: members are listed to
 * every person in the directory, so only their inside is a secret, and the answer says nothing of it. Things <em>inside</em> a member
 * are the other way round: the id of another member's affiliation under one's own member answers 404, as if it did not exist.
 */
class NeedsInterceptor implements HandlerInterceptor {

    /** What somebody calls who is there by an invitation to a space only: its files, themselves, and nothing of anybody else's. */
    private static final List<String> TO_THE_INVITED =
            List.of("/api/files", "/api/office", "/api/office-server", "/api/me", "/api/notices", "/api/territory");

    private static final String ACTOR = NeedsInterceptor.class.getName() + ".actor";

    /** The right that an endpoint of ours asks; null for those of the framework (its error page). */
    static @Nullable Right of(HandlerMethod endpoint) {
        if (!endpoint.getBeanType().getName().startsWith("org.entente.")) {
            return null;
        }
        Needs needs = AnnotatedElementUtils.findMergedAnnotation(endpoint.getMethod(), Needs.class);
        if (needs == null) {
            needs = AnnotatedElementUtils.findMergedAnnotation(endpoint.getBeanType(), Needs.class);
        }
        if (needs == null) {
            throw new IllegalStateException(endpoint + " lacks @Needs: say which right it asks");
        }
        return needs.value();
    }

    /** Who acts in this request; only asked by endpoints that need more than being signed in. */
    static Actor actor(HttpServletRequest request) {
        if (request.getAttribute(ACTOR) instanceof Actor known) {
            return known;
        }
        Actor actor = session(request).actor(request.getRemoteAddr());
        request.setAttribute(ACTOR, actor);
        return actor;
    }

    static PortalSession session(HttpServletRequest request) {
        PortalSession session = SessionFilter.of(request);
        if (session == null) {
            throw Refusal.of(
                    Refusal.Kind.UNAUTHENTICATED, SessionFilter.nowhere(request) ? "capacity.none" : "unauthenticated");
        }
        return session;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Right right = handler instanceof HandlerMethod endpoint ? of(endpoint) : null;
        if (right == null || right == Right.PUBLIC) {
            return true;
        }
        PortalSession.Acting acting = session(request).acting();
        if (acting != null && acting.invited() && !openToTheInvited(request)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "invited.only");
        }
        if (right == Right.WHOLE_PERSON) {
            session(request).reach().mustBeWhole();
        }
        if (right == Right.SIGNED_IN) {
            session(request);
        } else if (!actor(request).may(right, right.ofAMember() ? member(request) : null)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "forbidden");
        }
        return true;
    }

    /** By the endpoint that was found, not by the address as it was written. */
    private static boolean openToTheInvited(HttpServletRequest request) {
        String endpoint = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        return TO_THE_INVITED.stream().anyMatch(open -> endpoint.equals(open) || endpoint.startsWith(open + "/"));
    }

    private static MemberId member(HttpServletRequest request) {
        try {
            Map<?, ?> variables = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
            return new MemberId(UUID.fromString((String) variables.get("member")));
        } catch (IllegalArgumentException notAnId) {
            throw Refusal.notFound("unknown");
        }
    }
}
