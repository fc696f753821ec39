// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * A checkpoint, and the world that was saved or is as it was then.
 *
 * @param at The world’s instant when it was saved.
 * @param savedAt By the wall clock.
 */
public record WorldCheckpoint(
    String world,
    String name,
    Instant at,
    Instant savedAt,
    long bytes) {}
