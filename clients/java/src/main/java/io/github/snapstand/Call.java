package io.github.snapstand;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** One call of the control API. */
final class Call {
    final String method;
    final String[] path;
    final Map<String, String> query = new LinkedHashMap<>();
    BodyPublisher body = BodyPublishers.noBody();
    String contentType;
    String accept;
    String lastEventId;

    Call(String method, String... path) {
        this.method = method;
        this.path = path;
    }

    Call query(String name, Object value) {
        if (value != null) query.put(name, value.toString());
        return this;
    }

    Call query(Sent<?> sent) {
        sent.members.forEach(this::query);
        return this;
    }

    Call json(Object value) {
        return body(BodyPublishers.ofString(Json.write(value)), "application/json");
    }

    Call body(BodyPublisher publisher, String type) {
        body = publisher;
        contentType = type;
        return this;
    }

    Call accept(String type) {
        accept = type;
        return this;
    }

    String name() {
        return method + " /_snapstand/" + String.join("/", path);
    }

    /** What a text is told as, or nothing. */
    static String text(Instant at) {
        return at == null ? null : at.toString();
    }
}
