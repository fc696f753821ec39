package io.github.snapstand;

import io.github.snapstand.answers.Fault;
import java.util.List;

/** The faults of a world. */
public final class WorldFaults extends Part {
    WorldFaults(Wire wire, String key) {
        super(wire, key);
    }

    /** In the order in which they act: the world's own, then those of the server. */
    public List<Fault> list() {
        return list(wire, call("GET", "faults"), Fault.class);
    }

    /** Puts a fault into the world; one of the same name is replaced. */
    public Fault put(String id, FaultRule rule) {
        return wire.ask(call("PUT", "faults", id).json(rule.members), Fault.class);
    }

    /** Drops a fault. */
    public void delete(String id) {
        wire.tell(call("DELETE", "faults", id));
    }

    /** Drops all faults of the world; those of the server stay. */
    public void clear() {
        wire.tell(call("DELETE", "faults"));
    }
}
