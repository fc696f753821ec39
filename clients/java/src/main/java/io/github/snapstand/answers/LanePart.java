// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * How many snapshots there are in a part of a lane.
 *
 * @param automatic How many of them a policy made.
 * @param odd How many of them are not available: creating, failed, ….
 */
public record LanePart(
    Instant at,
    int count,
    int automatic,
    int odd,
    Instant until) {}
