// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;

/**
 * A fault did something to a call.
 *
 * @param request The request id of the call.
 * @param fault The id of the rule.
 * @param outcome What it did: error, status, connection, outcome or delayMs.
 */
@Variant(member = "type", value = "fault")
public record FaultEvent(
    String type,
    String world,
    Instant at,
    String provider,
    String operation,
    String request,
    String fault,
    String outcome) implements Event {}
