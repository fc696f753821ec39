// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/**
 * Why a call was refused: what the cloud never tells.
 *
 * @param hint A plain sentence: what is wrong, and the way out. Null: not told.
 * @param field Null: not told.
 * @param value What was sent there, or what is meant by it. Null: not told.
 * @param rule Which rule refused, and where it comes from. Null: not told.
 * @param canonicalRequest As the server computed it. Null: not told.
 * @param stringToSign As the server computed it. Null: not told.
 * @param clientCanonicalRequest What the client signed, where a known mistake leads to its signature. Null: not told.
 */
public record Why(
    String hint,
    String field,
    String value,
    String rule,
    String canonicalRequest,
    String stringToSign,
    String clientCanonicalRequest) {}
