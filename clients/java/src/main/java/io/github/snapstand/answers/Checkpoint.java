// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * A world as it was at an instant.
 *
 * @param at The world’s instant when it was saved.
 * @param savedAt By the wall clock.
 */
public record Checkpoint(
    String name,
    Instant at,
    Instant savedAt,
    long bytes) {}
