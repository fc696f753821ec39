package io.github.snapstand;

import java.time.Instant;

/** Which part of time is told, and which volumes. */
public final class TimelineFilter extends Sent<TimelineFilter> {
    @Override
    TimelineFilter self() {
        return this;
    }

    /** Where the window begins; without, 30 days before the world's instant. */
    public TimelineFilter from(Instant at) {
        return set("from", at);
    }

    /** Where it ends; without, 7 days after the world's instant. */
    public TimelineFilter to(Instant at) {
        return set("to", at);
    }

    /** The cloud. */
    public TimelineFilter provider(String provider) {
        return set("provider", provider);
    }

    /** Stands in the volume's id or name, in whatever case. */
    public TimelineFilter text(String text) {
        return set("text", text);
    }

    /** So many lanes are passed over. */
    public TimelineFilter offset(int offset) {
        return set("offset", offset);
    }

    /** How many lanes; without, 50. */
    public TimelineFilter limit(int limit) {
        return set("limit", limit);
    }

    /** A lane with more snapshots tells how many there are in each of so many parts; without, 200. */
    public TimelineFilter marks(int marks) {
        return set("marks", marks);
    }
}
