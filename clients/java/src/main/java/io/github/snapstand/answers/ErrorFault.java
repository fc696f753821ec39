// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * A rule that lets the next calls answer an error.
 */
public record ErrorFault(
    String provider,
    String operation,
    ErrorFaultThen then) {}
