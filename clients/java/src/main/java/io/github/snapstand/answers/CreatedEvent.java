// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * A resource is there now.
 *
 * @param what One of volume, snapshot, instance, policy.
 * @param subject Its id.
 * @param volume Of a snapshot: what it was made of. Null: not told.
 * @param policy Of a snapshot: which policy made it. Null: not told.
 */
@Variant(member = "type", value = "created")
public record CreatedEvent(
    String type,
    String world,
    Instant at,
    String provider,
    String what,
    String subject,
    String state,
    String volume,
    String policy) implements Event {}
