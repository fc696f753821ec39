package io.github.snapstand;

import io.github.snapstand.answers.Expected;
import io.github.snapstand.answers.JournalEntry;
import io.github.snapstand.answers.Requests;

/** The journal of a world: the calls that the clouds had. */
public final class WorldRequests extends Part {
    WorldRequests(Wire wire, String key) {
        super(wire, key);
    }

    /** The newest first, with how many there were of what. */
    public Requests list() {
        return list(new RequestsFilter());
    }

    /** Those that are asked for, the newest first. */
    public Requests list(RequestsFilter filter) {
        return wire.ask(call("GET", "requests").query(filter), Requests.class);
    }

    /** Empties the journal. */
    public void clear() {
        wire.tell(call("DELETE", "requests"));
    }

    /** One call, by the request id that its client got. */
    public JournalEntry get(String id) {
        return wire.ask(call("GET", "requests", id), JournalEntry.class);
    }

    /** The shell command that sends a call again, without its credentials. */
    public String curl(String id) {
        return wire.text(call("GET", "requests", id, "curl"));
    }

    /**
     * Whether the journal holds such calls, or will within {@link Expectation#within}.
     *
     * @throws ExpectationUnmetException where it does not
     */
    public Expected expect(Expectation expectation) {
        return wire.ask(call("POST", "requests", "expect").json(expectation.members), Expected.class);
    }
}
