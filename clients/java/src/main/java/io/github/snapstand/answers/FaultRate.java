// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * How many calls go through.
 */
public record FaultRate(
    int requests,
    int perSeconds) {}
