// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * The clock after a stop.
 *
 * @param mode One of system, manual.
 * @param advancing An advance that is under way: where to, and how far it is. Null: not told.
 * @param stopped Whether there was an advance under way. What it had done until then stands.
 */
public record AdvanceStop(
    String world,
    String mode,
    Instant now,
    Advancing advancing,
    boolean stopped) {}
