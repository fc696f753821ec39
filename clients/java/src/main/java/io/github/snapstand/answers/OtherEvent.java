// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.Map;

/**
 * One that this client does not know: the server is newer than it.
 *
 * @param type Null: not told.
 * @param world Null: refused before it was known who calls. Null: not told.
 * @param members All that was told.
 */
@Variant(member = "type", value = "")
public record OtherEvent(
    String type,
    String world,
    Map<String, Object> members) implements Event {}
