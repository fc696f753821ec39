// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.Map;

/**
 * Which calls are met: all that is named must be there.
 *
 * @param body An object with members of the body as the operation reads them.
 * @param query An object with members of the query as the operation reads them.
 * @param params An object with members of the path as the operation reads them.
 * @param resource The id of a resource that the call names in its path, query or body. Null: not told.
 */
public record FaultWhen(
    Map<String, Object> body,
    Map<String, Object> query,
    Map<String, Object> params,
    String resource) {}
