package io.github.snapstand;

import io.github.snapstand.answers.Checkpoint;
import io.github.snapstand.answers.WorldCheckpoint;
import java.util.List;
import java.util.Map;

/** The checkpoints of a world. */
public final class WorldCheckpoints extends Part {
    private final Snapstand server;

    WorldCheckpoints(Snapstand server, Wire wire, String key) {
        super(wire, key);
        this.server = server;
    }

    /** The oldest first. */
    public List<Checkpoint> list() {
        return list(wire, call("GET", "checkpoints"), Checkpoint.class);
    }

    /** Saves the world as it is, under a name; one of the same name is replaced. */
    public WorldCheckpoint save(String name) {
        return wire.ask(call("PUT", "checkpoints", name), WorldCheckpoint.class);
    }

    /** Goes back to a checkpoint. The clock goes on from that instant; the journal stays. */
    public WorldCheckpoint restore(String name) {
        return wire.ask(call("POST", "checkpoints", name, "restore"), WorldCheckpoint.class);
    }

    /** Makes another world of a checkpoint, by the key that is to name it. */
    public World fork(String name, String into) {
        wire.tell(call("POST", "checkpoints", name, "restore").json(Map.of("as", into)));
        return server.world(into);
    }

    /** Drops a checkpoint. */
    public void drop(String name) {
        wire.tell(call("DELETE", "checkpoints", name));
    }
}
