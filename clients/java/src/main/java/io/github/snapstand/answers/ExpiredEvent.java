// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * A snapshot's time is over.
 *
 * @param what One of volume, snapshot, instance, policy.
 * @param subject Its id.
 * @param volume Null: not told.
 */
@Variant(member = "type", value = "expired")
public record ExpiredEvent(
    String type,
    String world,
    Instant at,
    String provider,
    String what,
    String subject,
    String volume) implements Event {}
