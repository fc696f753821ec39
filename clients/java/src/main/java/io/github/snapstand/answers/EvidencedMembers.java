// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.List;

/**
 * What is sent and answered that rests on the same: body.diskId, answer.snapshotId.
 */
public record EvidencedMembers(
    Evidence evidence,
    List<String> names) {}
