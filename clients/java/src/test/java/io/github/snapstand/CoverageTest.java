package io.github.snapstand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of the control API has a method that can send all that it takes, and reads all that it answers. */
class CoverageTest {
    /** So many alternatives an event has. */
    private static final int EVENTS = 10;

    @TempDir
    Path folder;

    private static Description described() {
        return new Description(Snapstand.start().openApi());
    }

    /** What is sent as the library is, to a server that is described as this one. */
    private List<String> gaps(Description description, int alternative) throws IOException {
        Path state = Files.writeString(folder.resolve("state.json"), "{}");
        try (Recorder recorder = new Recorder(description, alternative, state)) {
            List<Recorder.Sent> sent = recorder.callAll();
            Set<String> found = new TreeSet<>(recorder.wrongs);
            Map<String, List<Recorder.Sent>> calls = new LinkedHashMap<>();
            for (Recorder.Sent each : sent) {
                Description.Operation operation = description.find(each.method(), each.path());
                if (operation == null) found.add(each.method() + " " + each.path() + ": there is no such operation");
                else calls.computeIfAbsent(operation.name(), name -> new ArrayList<>()).add(each);
            }
            for (Description.Operation each : description.operations()) {
                List<Recorder.Sent> own = calls.get(each.name());
                if (own == null) found.add(each.name() + ": no method calls it");
                else compare(each, own, found);
            }
            return new ArrayList<>(found);
        }
    }

    private static void compare(Description.Operation operation, List<Recorder.Sent> calls, Set<String> found) {
        Set<String> query = new TreeSet<>();
        Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Set<String> members = new TreeSet<>();
        for (Recorder.Sent each : calls) {
            query.addAll(each.query());
            headers.addAll(each.headers());
            members.addAll(each.members());
        }
        differ(operation, "?", operation.parameters("query"), query, found);
        for (String each : operation.parameters("header")) {
            if (!headers.contains(each)) found.add(operation.name() + ": no method sends the header " + each);
        }
        Set<String> described = operation.members();
        // What is free to be anything: settings, a state, members of a body that is met or expected.
        members.removeIf(each -> described.isEmpty() || isFree(each, described));
        differ(operation, "body.", described, members, found);
    }

    private static boolean isFree(String name, Set<String> described) {
        int end = name.lastIndexOf('.');
        if (described.contains(name) || end < 0) return false;
        String above = name.substring(0, end);
        return described.contains(above) && described.stream().noneMatch(each -> each.startsWith(above + ".")) || isFree(above, described);
    }

    private static void differ(Description.Operation of, String kind, Set<String> described, Set<String> sent, Set<String> found) {
        for (String each : described) {
            if (!sent.contains(each)) found.add(of.name() + ": no method sends " + kind + each);
        }
        for (String each : sent) {
            if (!described.contains(each)) found.add(of.name() + ": " + kind + each + " is sent and not described");
        }
    }

    @Test
    void everyOperationIsCalledWithAllThatItTakesAndReadAsItAnswers() throws IOException {
        Description description = described();
        assertTrue(description.operations().size() > 30);
        for (int alternative = 0; alternative < EVENTS; alternative++) {
            assertEquals(List.of(), gaps(description, alternative));
        }
    }

    static Stream<Arguments> planted() {
        return Stream.of(
                plant("a door", "plant (POST /planted/{id}): no method calls it", each -> paths(each)
                        .put("/planted/{id}", new LinkedHashMap<>(Map.of("post", Map.of("operationId", "plant"))))),
                plant("a parameter", "getAgenda (GET /agenda): no method sends ?planted",
                        each -> parameters(each, "/agenda", "get").add(Map.of("name", "planted", "in", "query"))),
                plant("a header", "readEvents (GET /events): no method sends the header Planted",
                        each -> parameters(each, "/events", "get").add(Map.of("name", "Planted", "in", "header"))),
                plant("a member of a body", "expectRequests (POST /requests/expect): no method sends body.planted",
                        each -> properties(each, "Expectation").put("planted", Map.of("type", "string"))),
                plant("a member of a member", "putFault (PUT /faults/{id}): no method sends body.then.planted",
                        each -> inner(properties(each, "PutFaultRequest"), "then").put("planted", Map.of("type", "string"))),
                plant("a member of an answer", "WorldClock.advanceTo: does not read .planted",
                        each -> properties(each, "AdvanceReport").put("planted", Map.of("type", "string"))),
                plant("a member of an event", "World.events: does not read .planted", each -> inner(Description
                        .object(Description.list(Description.object(each.schemas().get("Event")).get("anyOf")).get(0)), null)
                        .put("planted", Map.of("type", "string"))),
                plant("a door that is gone", "POST /clock/stop: there is no such operation", each -> paths(each).remove("/clock/stop")),
                plant("a parameter that is gone", "getTimeline (GET /timeline): ?marks is sent and not described",
                        each -> parameters(each, "/timeline", "get").removeIf(said -> "marks".equals(Description.object(said).get("name")))),
                plant("a member that is gone", "advanceClock (POST /clock/advance): body.toNext is sent and not described",
                        each -> properties(each, "Advance").remove("toNext")),
                plant("a member of an answer that is gone", "Snapstand.worlds: no answer has [].calls",
                        each -> properties(each, "WorldSummary").remove("calls")));
    }

    private static Arguments plant(String name, String wanted, Consumer<Description> change) {
        return Arguments.of(name, wanted, change);
    }

    private static Map<String, Object> paths(Description description) {
        return Description.object(description.document.get("paths"));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> parameters(Description description, String path, String method) {
        Map<String, Object> operation = Description.object(Description.object(paths(description).get(path)).get(method));
        return (List<Object>) operation.get("parameters");
    }

    private static Map<String, Object> properties(Description description, String schema) {
        return inner(description.schemas(), schema);
    }

    private static Map<String, Object> inner(Map<String, Object> members, String name) {
        return Description.object((name == null ? members : Description.object(members.get(name))).get("properties"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void whatIsNewOrGoneIsNoticed(String name, String wanted, Consumer<Description> change) throws IOException {
        Description description = described();
        change.accept(description);
        List<String> found = gaps(description, 0);
        assertTrue(found.contains(wanted), () -> "not noticed: " + wanted + "\nfound: " + String.join("\n", found));
    }
}
