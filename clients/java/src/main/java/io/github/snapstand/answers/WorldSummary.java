// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * A world in the list of all.
 *
 * @param mode One of system, manual.
 * @param advancing An advance that is under way: where to, and how far it is. Null: not told.
 * @param calls How many calls of the clouds it has had.
 * @param keep Whether --max-worlds passes it over.
 * @param damaged Why it is not served. Its clock is not known then, and the wall clock’s is told. Null: not told.
 */
public record WorldSummary(
    String id,
    String mode,
    Instant now,
    Advancing advancing,
    int calls,
    boolean keep,
    Damage damaged) {}
