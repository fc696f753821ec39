// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * One thing that will happen in a world.
 *
 * @param kind One of completes, expires, fires.
 * @param subject The id of the volume, snapshot, instance or policy.
 * @param what One of volume, snapshot, instance, policy.
 */
public record AgendaEntry(
    Instant at,
    String kind,
    String subject,
    String provider,
    String what) {}
