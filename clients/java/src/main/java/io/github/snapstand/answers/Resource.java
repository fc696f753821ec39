// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.Map;

/**
 * A disk or volume, a snapshot, a policy or an instance.
 *
 * @param state In Snapstand’s words, the same for every cloud.
 * @param shown As the cloud’s own list shows it.
 */
public record Resource(
    String id,
    String name,
    String state,
    Instant createdAt,
    Map<String, Object> shown) {}
