// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.List;

/**
 * What a server says of itself.
 *
 * @param status Degraded: some world cannot be served, all others are. One of ok, degraded.
 * @param version Null: not told.
 * @param shard Which of several servers behind a proxy it is: {@code --shard}. Null: not told.
 * @param uptimeMs Null: not told.
 * @param worlds How many there are. Null: not told.
 */
public record Health(
    String status,
    String version,
    String shard,
    Long uptimeMs,
    List<String> clouds,
    Integer worlds,
    List<DamagedWorld> damaged) {}
