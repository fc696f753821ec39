// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.List;
import java.util.Map;

/**
 * What is served of each cloud, and what is not.
 *
 * @param specification The page of each cloud that sources cite.
 * @param common What any operation of a cloud may answer.
 * @param behaviours Of each cloud, the defaults of its settings and what time does, with what they rest on.
 */
public record Operations(
    Map<String, String> specification,
    List<Operation> operations,
    Map<String, List<DocumentedError>> common,
    Map<String, List<Behaviour>> behaviours,
    List<NotServed> notServed) {}
