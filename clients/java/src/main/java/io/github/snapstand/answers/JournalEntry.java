// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one call was, and why it was answered so.
 *
 * @param id The request id that the client got.
 * @param world Null: refused before it was known who calls.
 * @param operation Null: no such operation.
 * @param status 0: no answer was sent.
 * @param request The body that was sent, cut where it is long.
 * @param response The body that was answered, cut where it is long.
 * @param unused What was sent and no operation reads.
 * @param resources Ids in the path, the body and the answer.
 * @param headers What a replay has to send; nothing that authenticates.
 * @param habit What the signature did in another way than the cloud’s own clients; accepted all the same. Null: not
 *     told.
 * @param fault The fault that did something to it. Null: not told.
 * @param connection What a fault did to the connection: nobody got the answer, or its beginning only. One of reset,
 *     close-early, hang. Null: not told.
 * @param cut The bodies that were cut. One of request, response.
 */
public record JournalEntry(
    String id,
    String world,
    String provider,
    String operation,
    String version,
    Instant at,
    Instant wallAt,
    double durationMs,
    String method,
    String url,
    int status,
    String code,
    String request,
    String response,
    List<String> unused,
    List<String> resources,
    Why refusal,
    Map<String, String> headers,
    String habit,
    String fault,
    String connection,
    List<String> cut) {}
