/**
 * What the control API answers: a record for each, its members in the API's own names. A list or map that is not told is
 * empty, another member null. All but a few of these files are written by {@code generate.ts}.
 */
package io.github.snapstand.answers;
