// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.List;

/**
 * The calls that were found.
 *
 * @param count How many such calls there were.
 * @param requests The newest first, 100 of them at most.
 */
public record Expected(
    String world,
    int count,
    List<RequestSummary> requests) {}
