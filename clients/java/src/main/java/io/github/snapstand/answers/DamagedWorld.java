// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * A world that cannot be served, and why.
 */
public record DamagedWorld(
    String world,
    String file,
    String reason) {}
