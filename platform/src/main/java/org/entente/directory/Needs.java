package org.entente.directory;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which right an endpoint needs. Every endpoint carries one: the platform refuses to start otherwise. A right
 * {@linkplain Right#ofAMember() of a member} is asked for the member in the path variable {@code member}, and every statement
 * behind such an endpoint is bound by that member.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
    Right value();
}
