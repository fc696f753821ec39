// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.List;

/**
 * What a policy did at an instant.
 *
 * @param snapshots Those that it made and that are still there.
 * @param skipped Volumes that were passed over.
 */
public record PastOccurrence(
    Instant at,
    int made,
    List<String> snapshots,
    List<Skipped> skipped) {}
