// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.Map;

/**
 * How many calls there were of what.
 */
public record RequestCounts(
    Map<String, Integer> operation,
    Map<String, Integer> status,
    Map<String, Integer> code) {}
