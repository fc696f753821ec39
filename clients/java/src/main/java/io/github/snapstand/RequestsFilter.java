package io.github.snapstand;

import java.time.Instant;

/** Which calls of the journal are told: {@code new RequestsFilter().operation("CreateSnapshot").refusal(true)}. */
public final class RequestsFilter extends Sent<RequestsFilter> {
    @Override
    RequestsFilter self() {
        return this;
    }

    /** The cloud. */
    public RequestsFilter provider(String provider) {
        return set("provider", provider);
    }

    /** The operation's name. */
    public RequestsFilter operation(String operation) {
        return set("operation", operation);
    }

    /** The status of the answer. */
    public RequestsFilter status(int status) {
        return set("status", status);
    }

    /** The code of a refusal. */
    public RequestsFilter code(String code) {
        return set("code", code);
    }

    /** An id in the path, the body or the answer. */
    public RequestsFilter resource(String id) {
        return set("resource", id);
    }

    /** Whether it was refused. */
    public RequestsFilter refusal(boolean refusal) {
        return set("refusal", refusal);
    }

    /** The fault that did something to it. */
    public RequestsFilter fault(String fault) {
        return set("fault", fault);
    }

    /** Stands as it is in the URL, in what is kept of the bodies, or in the words of the refusal. */
    public RequestsFilter text(String text) {
        return set("text", text);
    }

    /** After this instant of the world. */
    public RequestsFilter after(Instant at) {
        return set("after", at);
    }

    /** Before this instant of the world. */
    public RequestsFilter before(Instant at) {
        return set("before", at);
    }

    /** How many are listed; without, 100; 0: they are counted only. */
    public RequestsFilter limit(int limit) {
        return set("limit", limit);
    }
}
