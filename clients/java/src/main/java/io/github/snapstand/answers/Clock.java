// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * The clock of a world.
 *
 * @param mode One of system, manual.
 * @param advancing An advance that is under way: where to, and how far it is. Null: not told.
 */
public record Clock(
    String world,
    String mode,
    Instant now,
    Advancing advancing) {}
