// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.List;

/**
 * A policy that lanes are bound to.
 *
 * @param past What it did, the oldest first.
 * @param next When it fires, if nothing changes.
 * @param more Whether it fires more often than is told.
 */
public record LanePolicy(
    String provider,
    String id,
    String name,
    List<LaneFiring> past,
    List<Instant> next,
    boolean more) {}
