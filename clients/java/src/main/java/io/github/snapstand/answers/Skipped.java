// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.List;

/**
 * Why a firing passed over volumes, and over how many.
 *
 * @param volumes The first of them.
 */
public record Skipped(
    String reason,
    int count,
    List<String> volumes) {}
