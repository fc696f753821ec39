package io.github.snapstand.answers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Tells an alternative from the others of its interface. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Variant {
    /** The member that tells it. */
    String member();

    /** What stands there; nothing: anything that no other has. */
    String value();
}
