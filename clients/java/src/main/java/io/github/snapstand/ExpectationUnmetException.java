package io.github.snapstand;

import io.github.snapstand.answers.RequestSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The journal does not hold the calls that were expected; the message names those that were nearly it. */
public class ExpectationUnmetException extends ControlRefusedException {
    private static final long serialVersionUID = 1L;
    private final transient Found found;

    ExpectationUnmetException(int status, Map<String, Object> problem) {
        this(status, problem, (Found) Records.read(Found.class, problem));
    }

    private ExpectationUnmetException(int status, Map<String, Object> problem, Found found) {
        super(status, problem, words(problem, found));
        this.found = found;
    }

    private static String words(Map<String, Object> problem, Found found) {
        List<String> lines = new ArrayList<>(List.of(String.valueOf(problem.get("detail"))));
        for (Miss miss : found.misses()) lines.add("- " + miss);
        return String.join("\n", lines);
    }

    /** How many such calls there were. */
    public int count() {
        return found.count();
    }

    /** Those calls. */
    public List<RequestSummary> requests() {
        return found.requests();
    }

    /** The calls that were nearly it, the nearest first. */
    public List<Miss> misses() {
        return found.misses();
    }

    record Found(int count, List<RequestSummary> requests, List<Miss> misses) {}

    /**
     * A call that was nearly one of those that were expected.
     *
     * @param request The call.
     * @param differences What makes it another one.
     */
    public record Miss(RequestSummary request, List<Difference> differences) {
        @Override
        public String toString() {
            List<String> words = differences.stream().map(Difference::toString).toList();
            return Refusals.nameOf(request.operation(), request.url()) + " (" + request.id() + "): " + String.join("; ", words);
        }
    }

    /**
     * What makes a call another one than was expected.
     *
     * @param member Of what was expected: {@code status}, {@code body.diskId}.
     * @param expected What was expected there.
     * @param actual What stands there; null: it has no such member.
     * @param reason Why it cannot be told. Null: it can.
     */
    public record Difference(String member, Object expected, Object actual, String reason) {
        @Override
        public String toString() {
            String found = reason != null ? reason : actual == null ? "missing" : Json.write(actual);
            return member + " is " + found + ", not " + Json.write(expected);
        }
    }
}
