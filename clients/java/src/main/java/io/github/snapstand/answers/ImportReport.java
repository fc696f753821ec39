// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * What was put in place of the world.
 *
 * @param exact True: the very world that was exported; false: planted as a seed.
 * @param mode One of system, manual.
 * @param advancing An advance that is under way: where to, and how far it is. Null: not told.
 */
public record ImportReport(
    String world,
    boolean exact,
    String mode,
    Instant now,
    Advancing advancing) {}
