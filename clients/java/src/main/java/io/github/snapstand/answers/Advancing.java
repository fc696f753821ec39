// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * An advance that is under way: where to, and how far it is.
 */
public record Advancing(
    Instant to,
    Instant at) {}
