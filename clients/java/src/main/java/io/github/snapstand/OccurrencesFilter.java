package io.github.snapstand;

import java.time.Instant;

/** Which part of a policy's doings is told. */
public final class OccurrencesFilter extends Sent<OccurrencesFilter> {
    @Override
    OccurrencesFilter self() {
        return this;
    }

    /** Of the past only what comes after; without, the newest of the past. */
    public OccurrencesFilter after(Instant at) {
        return set("after", at);
    }

    /** How many of each; without, 20. */
    public OccurrencesFilter limit(int limit) {
        return set("limit", limit);
    }
}
