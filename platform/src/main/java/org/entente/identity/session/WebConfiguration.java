package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.entente.directory.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives endpoints their {@link Actor} (or, within this room, the session), after their right was checked. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SessionSettings.class, SignInSettings.class})
class WebConfiguration implements WebMvcConfigurer {

    private final StrangersForms forms;

    WebConfiguration(
            @Value("${spring.servlet.multipart.max-request-size}") DataSize largest,
            @Value("${entente.forms.most:1GB}") DataSize most,
            @Value("${entente.forms.most-each:264MB}") DataSize mostEach) {
        this.forms = new StrangersForms(largest.toBytes(), most.toBytes(), mostEach.toBytes());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new NeedsInterceptor());
        registry.addInterceptor(forms);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new WhoActs());
    }

    private static final class WhoActs implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Actor.class || parameter.getParameterType() == PortalSession.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer mav,
                NativeWebRequest web,
                @Nullable WebDataBinderFactory binders) {
            HttpServletRequest request = (HttpServletRequest) web.getNativeRequest();
            return parameter.getParameterType() == Actor.class
                    ? NeedsInterceptor.actor(request)
                    : NeedsInterceptor.session(request);
        }
    }
}
