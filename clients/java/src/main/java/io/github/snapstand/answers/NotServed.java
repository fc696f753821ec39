// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * An operation that the cloud has and Snapstand has not.
 */
public record NotServed(
    String provider,
    String name,
    String reason,
    String source) {}
