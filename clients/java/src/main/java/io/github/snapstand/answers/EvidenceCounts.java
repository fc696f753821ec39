// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * How many of an operation, its members, errors, states and notes rest on what.
 */
public record EvidenceCounts(
    int documented,
    int client,
    int recorded,
    int inferred,
    int invented) {}
