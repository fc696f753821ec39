package io.github.snapstand;

/** Which events are told. */
public final class EventsFilter extends Sent<EventsFilter> {
    @Override
    EventsFilter self() {
        return this;
    }

    /** Only these; without, all: {@code request, fired, created, completed, expired, skipped, clock, fault, replaced}. */
    public EventsFilter types(String... types) {
        return set("types", String.join(",", types));
    }

    /** The {@link EventStream#lastId} of a reader before: what came after it is told first. */
    public EventsFilter after(String lastId) {
        return set("lastEventId", lastId);
    }
}
