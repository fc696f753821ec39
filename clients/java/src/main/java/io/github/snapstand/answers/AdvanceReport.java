// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.Map;

/**
 * What an advance came to.
 *
 * @param firings One for each policy and instant with at least one volume.
 */
public record AdvanceReport(
    String world,
    Instant from,
    Instant to,
    int firings,
    int snapshotsCreated,
    int snapshotsExpired,
    int completed,
    Map<String, Integer> skipped,
    NextEvent next) {}
