// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.List;
import java.util.Map;

/**
 * Calls of the journal.
 *
 * @param added How many there were since the journal was last emptied.
 * @param dropped How many of them are no longer there.
 * @param found How many there are that were asked for.
 * @param unused What was sent and no operation reads, as {@code CreateSnapshot body.foo}: the 100 most frequent.
 * @param unusedMore How often others were sent, of which there are too many to list.
 * @param requests The newest first.
 */
public record Requests(
    String world,
    int added,
    int dropped,
    int found,
    RequestCounts counts,
    Map<String, Integer> unused,
    int unusedMore,
    List<JournalEntry> requests) {}
