// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * A setting of a world, with its default and where it comes from.
 */
public record Setting(
    String name,
    Object value,
    @Named("default") Object defaultValue,
    String description,
    String source) {}
