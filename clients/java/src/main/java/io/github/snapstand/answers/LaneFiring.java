// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.List;

/**
 * What a policy did at an instant.
 */
public record LaneFiring(
    Instant at,
    int made,
    List<Skipped> skipped) {}
