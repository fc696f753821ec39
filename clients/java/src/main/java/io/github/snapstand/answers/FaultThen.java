// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * What happens to a call that a rule meets.
 *
 * @param error A code of the cloud. Null: not told.
 * @param delayMs Null: not told.
 * @param status Null: not told.
 * @param body Beside status: a text is sent as it is, anything else as JSON. Null: not told.
 * @param connection One of reset, close-early, hang. Null: not told.
 * @param outcome The call succeeds; what it makes ends in the cloud’s failed state. Null: not told.
 * @param rate Lets so many calls through in so many seconds of the world’s clock; acts beyond.
 * @param after The work is done first; only the answer is late, lost or another one. Null: not told.
 */
public record FaultThen(
    String error,
    Integer delayMs,
    Integer status,
    Object body,
    String connection,
    String outcome,
    FaultRate rate,
    Boolean after) {}
