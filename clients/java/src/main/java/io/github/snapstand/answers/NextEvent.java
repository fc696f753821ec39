// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * What will happen next in a world.
 *
 * @param kind One of completes, expires, fires.
 * @param subject The id of the volume, snapshot, instance or policy.
 */
public record NextEvent(
    Instant at,
    String kind,
    String subject) {}
