// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.List;

/**
 * What a world has in a cloud.
 *
 * @param kind One of volumes, snapshots, policies, instances.
 * @param total How many there are that were asked for.
 * @param resources The newest first.
 */
public record Resources(
    String world,
    String provider,
    String kind,
    int total,
    List<Resource> resources) {}
