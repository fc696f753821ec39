package io.github.snapstand.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test that asks for a {@link io.github.snapstand.World} one of its own, by a key that is made up, and forgets it
 * afterwards. The server is started at the first that asks, and ends with the JVM. Of a test that fails, the report and
 * standard error say which calls were refused, and why.
 *
 * <pre>{@code
 * @Snapstand(clock = "2026-01-05T08:00:00Z")
 * class BackupTest {
 *     @Test
 *     void aWeek(World world) {
 *         // …
 *         assertEquals(7, world.clock().advance(Duration.ofDays(7)).snapshotsCreated());
 *     }
 * }
 * }</pre>
 *
 * What it says of a test goes before what it says of its class, and that before what it says of the class around it. A
 * parameter of type {@link io.github.snapstand.Snapstand} is the server.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(SnapstandExtension.class)
public @interface Snapstand {
    /** The file of a seed, JSON or YAML: beside the test's class on the class path, or by its path. */
    String seed() default "";

    /** An instant at which time stands still until it is told to go on; or {@code manual} or {@code system}. */
    String clock() default "";

    /** Settings: {@code "zenlayer.snapshotQuota=2"}. */
    String[] settings() default {};

    /** Flags in the program's own words, for the server: tests that say the same share one. */
    String[] flags() default {};
}
