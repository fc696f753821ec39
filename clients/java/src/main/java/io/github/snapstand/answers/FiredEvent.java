// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.Map;

/**
 * A policy's instant came.
 *
 * @param what One of volume, snapshot, instance, policy.
 * @param subject Its id.
 */
@Variant(member = "type", value = "fired")
public record FiredEvent(
    String type,
    String world,
    Instant at,
    String provider,
    String what,
    String subject,
    int made,
    Map<String, Integer> skipped) implements Event {}
