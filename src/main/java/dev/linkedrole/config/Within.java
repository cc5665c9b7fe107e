package dev.linkedrole.config;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Inclusive bounds of a duration, written as durations are configured. */
@Documented
@Constraint(validatedBy = WithinValidator.class)
@Retention(RUNTIME)
@Target(ElementType.METHOD)
public @interface Within {

    String least();

    String most();

    /** Restriction to whole seconds. */
    boolean wholeSeconds() default false;

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
