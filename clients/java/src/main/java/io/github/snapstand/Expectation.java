package io.github.snapstand;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Calls that there should be, and how many of them: at least one where nothing else is said.
 * {@code new Expectation("CreateSnapshot").status(200).times(2).within(Duration.ofSeconds(5))}.
 */
public final class Expectation extends Sent<Expectation> {
    /** The operation's name, or {@code *} for any. */
    public Expectation(String operation) {
        set("operation", operation);
    }

    @Override
    Expectation self() {
        return this;
    }

    /** The cloud. */
    public Expectation provider(String provider) {
        return set("provider", provider);
    }

    /** An id in the path, the body or the answer. */
    public Expectation resource(String id) {
        return set("resource", id);
    }

    /** The status of the answer. */
    public Expectation status(int status) {
        return set("status", status);
    }

    /** The code of a refusal. */
    public Expectation code(String code) {
        return set("code", code);
    }

    /** What the JSON that was sent holds: more members may be there; lists have as many items, in the same order. */
    public Expectation body(Map<String, ?> members) {
        return set("body", members);
    }

    /** So many, neither more nor less. */
    public Expectation times(int times) {
        return set("times", times);
    }

    /** So many, or more. */
    public Expectation atLeast(int times) {
        return set("atLeast", times);
    }

    /** So many, or fewer. */
    public Expectation atMost(int times) {
        return set("atMost", times);
    }

    /** Not before this instant of the world. */
    public Expectation after(Instant at) {
        return set("after", at);
    }

    /** So long it is waited for, by the wall clock. */
    public Expectation within(Duration limit) {
        return set("withinMs", limit.toMillis());
    }
}
