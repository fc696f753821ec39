// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

import java.util.List;

/**
 * Which worlds were reset.
 */
public record ResetReport(
    List<String> worlds,
    List<FailedReset> failed) {}
