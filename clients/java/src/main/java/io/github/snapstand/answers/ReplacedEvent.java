// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * The world has another state now, or is no more: what a reader knew of it is void.
 *
 * @param why One of reset, restored, forked, imported, deleted, moved.
 * @param checkpoint Which one was restored. Null: not told.
 */
@Variant(member = "type", value = "replaced")
public record ReplacedEvent(
    String type,
    String world,
    Instant at,
    String why,
    String checkpoint) implements Event {}
