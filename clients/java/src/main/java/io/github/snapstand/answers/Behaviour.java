// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * The default of a setting, or what time does.
 *
 * @param about One of setting, time.
 */
public record Behaviour(
    String about,
    String name,
    String text,
    Evidence evidence) {}
