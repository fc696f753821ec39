// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.List;

/**
 * What a policy did and will do.
 *
 * @param past The oldest first.
 * @param next What will come if nothing changes.
 */
public record Occurrences(
    String world,
    String provider,
    String policy,
    boolean deleted,
    Instant now,
    List<PastOccurrence> past,
    List<NextOccurrence> next) {}
