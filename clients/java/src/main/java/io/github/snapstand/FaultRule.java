package io.github.snapstand;

import java.time.Duration;
import java.util.Map;

/**
 * A rule: which calls it meets, how often it acts, and what happens then.
 * {@code new FaultRule().provider("zenlayer").operation("CreateSnapshot").times(1).error("SERVICE_TEMPORARY_UNAVAILABLE")}.
 */
public final class FaultRule extends Sent<FaultRule> {
    @Override
    FaultRule self() {
        return this;
    }

    /** Its name, where the call does not say it already. */
    public FaultRule id(String id) {
        return set("id", id);
    }

    /** A cloud, or {@code *} for every one, which is the default. */
    public FaultRule provider(String provider) {
        return set("provider", provider);
    }

    /** An operation, {@code *} for every one, which is the default, or a beginning such as {@code Describe*}. */
    public FaultRule operation(String operation) {
        return set("operation", operation);
    }

    /** Calls whose body holds these members. */
    public FaultRule whenBody(Map<String, ?> members) {
        return set("when", "body", members);
    }

    /** Calls whose query holds these. */
    public FaultRule whenQuery(Map<String, ?> members) {
        return set("when", "query", members);
    }

    /** Calls whose path holds these. */
    public FaultRule whenParams(Map<String, ?> members) {
        return set("when", "params", members);
    }

    /** Calls that name this resource in their path, query or body. */
    public FaultRule whenResource(String id) {
        return set("when", "resource", id);
    }

    /** So many calls it lets go first. */
    public FaultRule skip(int skip) {
        return set("skip", skip);
    }

    /** So often it acts; without, always. */
    public FaultRule times(int times) {
        return set("times", times);
    }

    /** From 0 to 1, drawn from the world's own sequence; without, always. */
    public FaultRule probability(double probability) {
        return set("probability", probability);
    }

    /** False: it is there, but meets nothing. */
    public FaultRule enabled(boolean enabled) {
        return set("enabled", enabled);
    }

    /** A code of the operation, or one that all have. */
    public FaultRule error(String code) {
        return set("then", "error", code);
    }

    /** So long the call waits before; alone, or beside any other. */
    public FaultRule delay(Duration delay) {
        return set("then", "delayMs", delay.toMillis());
    }

    /** The status of an answer of your own. */
    public FaultRule status(int status) {
        return set("then", "status", status);
    }

    /** Its body: a text is sent as it is, anything else as JSON. */
    public FaultRule body(Object body) {
        return set("then", "body", body);
    }

    /** What happens to the connection: {@code reset}, {@code close-early} or {@code hang}. */
    public FaultRule connection(String connection) {
        return set("then", "connection", connection);
    }

    /** The call succeeds, and what it makes ends in the cloud's failed state. */
    public FaultRule outcomeFails() {
        return set("then", "outcome", "fails");
    }

    /** Lets so many calls through in so many seconds of the world's clock; acts beyond. */
    public FaultRule rate(int requests, int perSeconds) {
        return set("then", "rate", Map.of("requests", requests, "perSeconds", perSeconds));
    }

    /** True: the work is done first; only the answer is late, lost or another one. */
    public FaultRule after(boolean after) {
        return set("then", "after", after);
    }
}
