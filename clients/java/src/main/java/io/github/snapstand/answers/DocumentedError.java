// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * An error that a cloud documents.
 *
 * @param reach How it is reached. Null: not told.
 * @param evidence Null: not told.
 * @param byFault A rule to put that lets the next calls answer it, whatever the state of the world.
 */
public record DocumentedError(
    String code,
    int status,
    String message,
    String source,
    String reach,
    Evidence evidence,
    Evidence codeEvidence,
    Evidence textEvidence,
    ErrorFault byFault) {}
