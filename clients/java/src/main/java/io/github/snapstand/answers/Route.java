// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * Where an operation is called.
 *
 * @param selector An action header’s value, or a query key. Null: not told.
 */
public record Route(
    String method,
    String path,
    String selector) {}
