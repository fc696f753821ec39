// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One resource, what it was made from and what it made.
 *
 * @param kind One of volumes, snapshots, policies, instances.
 * @param state In Snapstand’s words, the same for every cloud.
 * @param shown As the cloud’s own list shows it.
 * @param content The content marker of a volume, or the one that a snapshot captured; null: it has none.
 * @param related The newest 100 of each kind.
 */
public record ResourceDetail(
    String world,
    String provider,
    String kind,
    String id,
    String name,
    String state,
    Instant createdAt,
    Map<String, Object> shown,
    String content,
    List<Related> related) {}
