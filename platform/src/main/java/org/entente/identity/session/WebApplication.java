package org.entente.identity.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * The files of the browser application. Those under {@code assets/} carry a fingerprint in their name and never change; any address
 * that is not the platform's own is a page of the application, which finds its way by itself.
 */
@Configuration(proxyBeanMethods = false)
class WebApplication implements WebMvcConfigurer {

    private static final String FILES = "classpath:/META-INF/resources/";

    private static final List<String> PLATFORM = List.of(
            "api/",
            "basic/",
            "console/",
            "wopi/",
            "actuator",
            "go/",
            "login/",
            "logout/",
            "sign-in",
            "sign-out",
            "error");

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(FILES + "assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(FILES, "classpath:/static/")
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new PathResourceResolver() {
                    @Override
                    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
                        Resource file = super.getResource(path, location);
                        return file != null || !isPage(path) ? file : super.getResource("index.html", location);
                    }
                });
    }

    static boolean isPage(String path) {
        return PLATFORM.stream().noneMatch(path::startsWith)
                && !path.substring(path.lastIndexOf('/') + 1).contains(".");
    }
}
