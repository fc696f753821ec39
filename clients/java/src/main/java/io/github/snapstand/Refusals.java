package io.github.snapstand;

import io.github.snapstand.answers.JournalEntry;
import io.github.snapstand.answers.Requests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was refused in a world, in words, for who reads why a test failed. */
public final class Refusals {
    private static final int SHOWN = 20;

    private Refusals() {}

    /**
     * The calls of a world that were refused, and those that were refused since an instant of the wall clock before it was
     * known whose they are; empty: none was.
     */
    public static String of(World world, Instant since) {
        List<String> lines = new ArrayList<>();
        Requests own = world.requests().list(new RequestsFilter().refusal(true).limit(SHOWN));
        if (own.found() > 0) {
            lines.add(own.found() + " calls of the world " + world.key() + " were refused, the newest first:");
            own.requests().forEach(entry -> lines.add("  " + line(entry)));
        }
        // With a wrong signature nobody knows whose call it was.
        World all = world.server().world(Snapstand.ALL_WORLDS);
        List<String> nobodys = all.requests().list(new RequestsFilter().refusal(true)).requests().stream()
                .filter(entry -> entry.world() == null && !entry.wallAt().isBefore(since))
                .map(entry -> "  " + line(entry))
                .toList();
        if (!nobodys.isEmpty()) {
            lines.add(nobodys.size() + " calls were refused meanwhile before it was known whose they are:");
            lines.addAll(nobodys);
        }
        return String.join("\n", lines);
    }

    /** One line: which call, how it was answered, and why it was refused. */
    static String line(JournalEntry entry) {
        StringBuilder line = new StringBuilder();
        line.append(entry.method()).append(' ').append(nameOf(entry.operation(), entry.url())).append(": ").append(entry.status());
        if (entry.code() != null) line.append(' ').append(entry.code());
        line.append(" (").append(entry.id()).append(')');
        if (entry.fault() != null) line.append(", by the fault ").append(entry.fault());
        if (entry.refusal() == null) return line.toString();
        if (entry.refusal().hint() != null) line.append(": ").append(entry.refusal().hint());
        if (entry.refusal().rule() != null) line.append(" [").append(entry.refusal().rule()).append(']');
        return line.toString();
    }

    /** What a call is called, where it is an operation's. */
    static String nameOf(String operation, String url) {
        return operation == null ? url : operation;
    }
}
