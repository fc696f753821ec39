// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * A firing passed over a volume.
 *
 * @param what One of volume, snapshot, instance, policy.
 * @param subject Its id.
 */
@Variant(member = "type", value = "skipped")
public record SkippedEvent(
    String type,
    String world,
    Instant at,
    String provider,
    String what,
    String subject,
    String policy,
    String reason) implements Event {}
