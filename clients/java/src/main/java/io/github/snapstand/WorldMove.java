package io.github.snapstand;

import io.github.snapstand.answers.Move;
import java.util.Map;

/**
 * A world on its way to another server: begun on both, its state exported there and imported here, finished on both. The
 * command {@code snapstand move} does all of it.
 */
public final class WorldMove extends Part {
    WorldMove(Wire wire, String key) {
        super(wire, key);
    }

    /** From now on none of its calls is served until the end. Begun again, it is another's move. */
    public Move begin(MoveBeginning beginning) {
        return wire.ask(new Call("PUT", "moves", key).json(beginning.members), Move.class);
    }

    /** What leaves is forgotten, what has come is served; the move is the one that {@link #begin} told. */
    public void finish(String move) {
        wire.tell(new Call("POST", "moves", key, "finish").json(Map.of("move", move)));
    }

    /** What was to leave is served as before; false: there is no move. */
    public boolean giveUp() {
        return giveUp(null);
    }

    /** What was to leave is served as before, what has come of the move that is named is forgotten; false: there is none. */
    public boolean giveUp(String move) {
        return wire.takeAway(new Call("DELETE", "moves", key).query("move", move));
    }
}
