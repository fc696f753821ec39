// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * A rule, and what it came to.
 *
 * @param world Whose rule it is; *: the server’s, which holds in every world.
 * @param id A name of 1 to 128 characters.
 * @param skip So many calls it lets go first. Null: not told.
 * @param times So often it acts; without, always. Null: not told.
 * @param probability Drawn from the world’s own sequence. Null: not told.
 * @param met Calls that it was for, those that it let go included.
 * @param acted Those that it did something to.
 */
public record Fault(
    String world,
    String id,
    String provider,
    String operation,
    FaultWhen when,
    Integer skip,
    Integer times,
    Double probability,
    boolean enabled,
    FaultThen then,
    int met,
    int acted) {}
