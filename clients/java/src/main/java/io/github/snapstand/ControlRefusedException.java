package io.github.snapstand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The control API refused a call: problem details (RFC 9457). The message says what is wrong, and the way out. What was not
 * told is null, or an empty list.
 */
public class ControlRefusedException extends SnapstandException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final transient Map<String, Object> problem;

    ControlRefusedException(int status, Map<String, Object> problem, String message) {
        super(message);
        this.status = status;
        this.problem = problem;
    }

    /** What an answer tells that is no success. */
    static ControlRefusedException of(int status, String text, String call) {
        Map<String, Object> problem = new LinkedHashMap<>();
        try {
            if (Json.parse(text) instanceof Map<?, ?> said) said.forEach((name, value) -> problem.put((String) name, value));
        } catch (IllegalArgumentException none) {
            // Then the status is all that is known.
        }
        problem.putIfAbsent("detail", call + " was answered with " + status);
        if (problem.get("misses") instanceof List<?>) {
            try {
                return new ExpectationUnmetException(status, problem);
            } catch (IllegalArgumentException other) {
                // They are other misses.
            }
        }
        return new ControlRefusedException(status, problem, words(problem));
    }

    private static String words(Map<String, Object> problem) {
        List<String> lines = new ArrayList<>(List.of(String.valueOf(problem.get("detail"))));
        for (Wrong wrong : wrongsOf(problem)) lines.add("- " + wrong);
        if (problem.get("more") instanceof Number more && more.longValue() > 0) lines.add("- … and " + more + " more");
        return String.join("\n", lines);
    }

    private static List<Wrong> wrongsOf(Map<String, Object> problem) {
        List<Wrong> wrongs = new ArrayList<>();
        if (problem.get("wrongs") instanceof List<?> said) {
            for (Object each : said) wrongs.add((Wrong) Records.read(Wrong.class, each));
        }
        return wrongs;
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** What is wrong, and the way out, as a sentence. */
    public String detail() {
        return text("detail");
    }

    /** What it is about: a member, a parameter, a header. */
    public String field() {
        return text("field");
    }

    /** What was sent there. */
    public Object value() {
        return problem.get("value");
    }

    /** What would have been right there. */
    public Object example() {
        return problem.get("example");
    }

    /** Why, as a word or a few. */
    public String reason() {
        return text("reason");
    }

    /** The known name that comes nearest. */
    public String nearest() {
        return text("nearest");
    }

    /** All names that are known there. */
    public List<String> known() {
        List<String> known = new ArrayList<>();
        if (problem.get("known") instanceof List<?> said) said.forEach(each -> known.add(String.valueOf(each)));
        return known;
    }

    /** What is wrong in a document that was sent, and where. */
    public List<Wrong> wrongs() {
        return wrongsOf(problem);
    }

    /** All that was told, as JSON says it: some problems say more. */
    public Map<String, Object> problem() {
        return problem;
    }

    private String text(String name) {
        return problem.get(name) instanceof String text ? text : null;
    }

    /**
     * One thing that is wrong in a document.
     *
     * @param where Line, column and path: {@code body:2:5 baidu.zones[0]}.
     * @param reason What is wrong.
     * @param expected What would be right there. Null: not told.
     */
    public record Wrong(String where, String reason, String expected) {
        @Override
        public String toString() {
            return where + ": " + reason + (expected == null ? "" : " (" + expected + ")");
        }
    }
}
