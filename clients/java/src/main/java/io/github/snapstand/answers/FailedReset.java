// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * A world that could not be reset.
 */
public record FailedReset(
    String world,
    String reason) {}
