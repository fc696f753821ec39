// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * Something that an operation does, and what that rests on.
 */
public record Statement(
    String text,
    Evidence evidence) {}
