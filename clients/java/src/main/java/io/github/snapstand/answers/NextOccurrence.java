// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * An instant at which a policy will fire.
 *
 * @param volumes How many are bound now.
 */
public record NextOccurrence(
    Instant at,
    int volumes) {}
