// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * The clock was set, or an advance moves it.
 *
 * @param mode One of system, manual.
 * @param advancing An advance that is under way: where to, and how far it is. Null: not told.
 */
@Variant(member = "type", value = "clock")
public record ClockEvent(
    String type,
    String world,
    Instant at,
    String mode,
    Instant now,
    Advancing advancing) implements Event {}
