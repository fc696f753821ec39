// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.List;

/**
 * Volumes through time: a lane for each, with the snapshots that are there within a window.
 *
 * @param mode One of system, manual.
 * @param advancing An advance that is under way: where to, and how far it is. Null: not told.
 * @param total How many lanes there are.
 * @param partMs How long a part of a lane is.
 * @param policies Those that the lanes are bound to.
 * @param lanes In the order in which the volumes were made.
 */
public record Timeline(
    String world,
    String mode,
    Instant now,
    Advancing advancing,
    Instant from,
    Instant to,
    int total,
    double partMs,
    List<LanePolicy> policies,
    List<Lane> lanes) {}
