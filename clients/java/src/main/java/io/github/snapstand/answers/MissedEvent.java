// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * Events that were asked for are no longer kept. It is told unasked.
 *
 * @param count Null: nobody counted them.
 */
@Variant(member = "type", value = "missed")
public record MissedEvent(
    String type,
    String world,
    Integer count) implements Event {}
