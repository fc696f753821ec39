// Written by generate.ts: change nothing here.
package io.github.snapstand.answers;

/** Something that happened, at an instant of the world's clock. */
public sealed interface Event
        permits RequestEvent,
                FiredEvent,
                CreatedEvent,
                CompletedEvent,
                ExpiredEvent,
                SkippedEvent,
                ClockEvent,
                FaultEvent,
                ReplacedEvent,
                MissedEvent,
                OtherEvent {
    /** Which it is: {@code request, fired, created, completed, expired, skipped, clock, fault, replaced, missed}. */
    String type();

    /** Null: refused before it was known who calls. */
    String world();
}
