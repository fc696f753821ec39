// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.List;

/**
 * What something rests on: who says so, from what it was concluded, or why it was chosen.
 *
 * @param kind A page of the cloud says so; clients declare it, send it or need it; the cloud answered so; it was
 *     concluded; nothing is known, and it was chosen. One of documented, client, recorded, inferred, invented.
 * @param section Where docs/clouds/ has it.
 * @param page Of what is documented. Null: not told.
 * @param readBy The day by which the page had been read. Null: not told.
 * @param on The day of the recording. Null: not told.
 * @param tool What recorded it. Null: not told.
 * @param basis From what it is inferred. Null: not told.
 * @param why Why it is invented. Null: not told.
 */
public record Evidence(
    String kind,
    String section,
    String page,
    String readBy,
    List<String> clients,
    String on,
    String tool,
    String basis,
    String why) {}
