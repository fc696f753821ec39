// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * What a resource has to do with another.
 *
 * @param is What it is to the resource: its volume, policy or instance; the snapshot it was made from; what is bound to
 *     it, attached to it, or made of or by it. One of volume, policy, instance, source, bound, attached, made.
 * @param kind One of volumes, snapshots, policies, instances.
 */
public record Related(
    String is,
    String kind,
    String id,
    String name,
    String state) {}
