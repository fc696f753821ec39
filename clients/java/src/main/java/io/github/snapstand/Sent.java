package io.github.snapstand;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent: each of its methods sets a member and gives it back, so that they can stand behind each other. */
abstract class Sent<S extends Sent<S>> {
    final Map<String, Object> members = new LinkedHashMap<>();

    abstract S self();

    S set(String name, Object value) {
        members.put(name, value);
        return self();
    }

    /** Of a member that is an object. */
    @SuppressWarnings("unchecked")
    S set(String outer, String name, Object value) {
        ((Map<String, Object>) members.computeIfAbsent(outer, each -> new LinkedHashMap<String, Object>())).put(name, value);
        return self();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + members;
    }
}
