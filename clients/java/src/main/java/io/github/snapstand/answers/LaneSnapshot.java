// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * A snapshot on a lane.
 *
 * @param origin One of manual, policy, copy.
 */
public record LaneSnapshot(
    String id,
    Instant at,
    Instant expiresAt,
    String origin,
    String state) {}
