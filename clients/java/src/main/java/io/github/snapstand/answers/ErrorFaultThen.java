// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * What that rule does.
 */
public record ErrorFaultThen(
    String error) {}
