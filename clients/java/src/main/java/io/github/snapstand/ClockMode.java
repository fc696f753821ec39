package io.github.snapstand;

/** Whether a clock runs. */
public enum ClockMode {
    /** It runs as the wall clock does, from wherever it was put. */
    SYSTEM,
    /** It stands still until it is told to move. */
    MANUAL;

    /** As the API calls it. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
