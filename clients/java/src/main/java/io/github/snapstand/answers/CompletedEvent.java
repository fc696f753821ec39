// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * What took its time has ended.
 *
 * @param what One of volume, snapshot, instance, policy.
 * @param subject Its id.
 * @param state {@code gone} is one, too.
 */
@Variant(member = "type", value = "completed")
public record CompletedEvent(
    String type,
    String world,
    Instant at,
    String provider,
    String what,
    String subject,
    String was,
    String state) implements Event {}
