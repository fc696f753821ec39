package io.github.snapstand;

/** Where a world is moved to, or from: from another server wants the mode, keep and series that it told. */
public final class MoveBeginning extends Sent<MoveBeginning> {
    @Override
    MoveBeginning self() {
        return this;
    }

    /** The URL of the server that takes it. */
    public MoveBeginning to(String url) {
        return set("to", url);
    }

    /** True: gives up its checkpoints, which do not go along. */
    public MoveBeginning dropCheckpoints(boolean drop) {
        return set("dropCheckpoints", drop);
    }

    /** The URL of the server that it comes from. */
    public MoveBeginning from(String url) {
        return set("from", url);
    }

    /** The mode of its clock. */
    public MoveBeginning mode(ClockMode mode) {
        return set("mode", mode);
    }

    /** Whether {@code --max-worlds} passes it over. */
    public MoveBeginning keep(boolean keep) {
        return set("keep", keep);
    }

    /** How often it had been moved. */
    public MoveBeginning series(int series) {
        return set("series", series);
    }
}
