// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.List;

/**
 * A volume through time.
 *
 * @param kind System or data disk, in the cloud’s word.
 * @param policy The id of the policy that it is bound to.
 * @param snapshots The oldest first.
 * @param parts In place of more snapshots than {@code marks}: how many there are in each part.
 */
public record Lane(
    String provider,
    String id,
    String name,
    String kind,
    Instant createdAt,
    Instant goneAt,
    String activity,
    String policy,
    List<LaneSnapshot> snapshots,
    List<LanePart> parts) {}
