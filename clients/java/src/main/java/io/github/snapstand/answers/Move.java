// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * A world that is moved to another server, or from one, or that has left.
 *
 * @param world {@code *}: all that are not there.
 * @param way To the server at url, or from it. One of away, here.
 * @param move Whose move it is: who begins it again has it from then on.
 * @param mode One of system, manual.
 * @param series How often it had been moved: its request ids take it in.
 * @param isThere Whether this server has the world, or what has come of it.
 */
public record Move(
    String world,
    String way,
    String move,
    String url,
    String mode,
    boolean keep,
    int series,
    boolean isThere) {}
