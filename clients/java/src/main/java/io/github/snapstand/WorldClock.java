package io.github.snapstand;

import io.github.snapstand.answers.AdvanceReport;
import io.github.snapstand.answers.AdvanceStop;
import io.github.snapstand.answers.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The clock of a world. */
public final class WorldClock extends Part {
    WorldClock(Wire wire, String key) {
        super(wire, key);
    }

    /** Reads it, also while an advance is under way. */
    public Clock get() {
        return wire.ask(call("GET", "clock"), Clock.class);
    }

    /** Its instant. */
    public Instant now() {
        return get().now();
    }

    /** Lets it run or stand still. */
    public Clock set(ClockMode mode) {
        return set(mode, null);
    }

    /** Puts it to an instant. It cannot go back: a checkpoint can. */
    public Clock set(Instant now) {
        return set(null, now);
    }

    /** Its mode and its instant; null: as it is. */
    public Clock set(ClockMode mode, Instant now) {
        Map<String, Object> change = new LinkedHashMap<>();
        if (mode != null) change.put("mode", mode);
        if (now != null) change.put("now", now);
        return wire.ask(call("PUT", "clock").json(change), Clock.class);
    }

    /** Lets so much time pass, to the millisecond. It is answered when all that fell due is done, however long that takes. */
    public AdvanceReport advance(Duration by) {
        return advanceBy(Duration.ofMillis(by.toMillis()).toString());
    }

    /** Lets a duration of the calendar pass, in ISO 8601 or in short: {@code P1M}, {@code P7D}, {@code 36h}. */
    public AdvanceReport advanceBy(String duration) {
        return advance(Map.of("by", duration));
    }

    /** Lets time pass until an instant. */
    public AdvanceReport advanceTo(Instant at) {
        return advance(Map.of("to", at));
    }

    /** Lets time pass until the next thing happens. */
    public AdvanceReport advanceToNext() {
        return advance(Map.of("toNext", true));
    }

    private AdvanceReport advance(Map<String, ?> how) {
        return wire.ask(call("POST", "clock", "advance").json(how), AdvanceReport.class);
    }

    /** Stops an advance that is under way, which is answered with 409 then. */
    public AdvanceStop stop() {
        return wire.ask(call("POST", "clock", "stop"), AdvanceStop.class);
    }
}
