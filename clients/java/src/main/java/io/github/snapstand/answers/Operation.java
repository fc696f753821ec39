// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.List;

/**
 * An operation of a cloud: what it and all of it rests on, and how each of its errors is reached.
 *
 * @param source The evidence in words.
 * @param makes What a success makes, and a fault with the outcome fails lets fail afterwards. One of volume, snapshot.
 *     Null: not told.
 * @param members What is sent (path, query, body) and answered, by what it rests on.
 * @param states In which states it takes what it is about.
 * @param notes What else it does, and what it accepts and ignores.
 */
public record Operation(
    String provider,
    String name,
    String summary,
    String source,
    Evidence evidence,
    EvidenceCounts counts,
    Route route,
    List<Route> aliases,
    List<String> versions,
    List<DocumentedError> errors,
    String makes,
    List<EvidencedMembers> members,
    List<Statement> states,
    List<Statement> notes) {}
