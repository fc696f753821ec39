// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.List;

/**
 * What will happen next in a world.
 *
 * @param mode One of system, manual.
 * @param advancing An advance that is under way: where to, and how far it is. Null: not told.
 * @param more Whether there is more to come than is told.
 */
public record Agenda(
    String world,
    String mode,
    Instant now,
    Advancing advancing,
    List<AgendaEntry> agenda,
    boolean more) {}
