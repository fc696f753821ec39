// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * Why a world cannot be served.
 */
public record Damage(
    String file,
    String reason) {}
