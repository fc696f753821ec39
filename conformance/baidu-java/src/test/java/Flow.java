import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Where Snapstand is, its control API, and steps that the runner counts: one flow, in a world of its own. */
final class Flow {
    static final String URL = System.getenv("SNAPSTAND_URL");
    static final String CLIENT = System.getenv("SNAPSTAND_CLIENT");
    static final String NOW = "2026-01-05T08:00:00Z";
    static final Object BLANK = new Object();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    interface Work {
        void run() throws Exception;
    }

    final int number;
    final String key;
    private final List<String> failed = new ArrayList<>();

    private Flow(int number) {
        this.number = number;
        this.key = CLIENT + "-f" + number;
    }

    interface Body {
        void run(Flow flow) throws Exception;
    }

    /** A step failed on which the next ones build. */
    private static final class Ended extends RuntimeException {}

    /** Runs a flow to its end; what fails between two steps is told like a failed step. */
    static void run(int number, Body body) {
        Flow flow = new Flow(number);
        try {
            body.run(flow);
        } catch (Ended ended) {
            // Its step is told already.
        } catch (Throwable thrown) {
            flow.tell("between steps", String.valueOf(thrown));
        }
        assertTrue(flow.failed.isEmpty(), () -> String.join("\n", flow.failed));
    }

    static String secret(String key) {
        return "secret-of-" + key;
    }

    /** A step that the next ones build on: the flow ends with it. */
    void step(String name, Work work) {
        if (!check(name, work)) throw new Ended();
    }

    /** A step that stands alone: the flow goes on after it, and fails at its end. */
    boolean check(String name, Work work) {
        String why = null;
        try {
            work.run();
        } catch (Throwable thrown) {
            why = String.valueOf(thrown);
        }
        tell(name, why);
        return why == null;
    }

    private void tell(String name, String why) {
        if (why != null) failed.add(name + ": " + why);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("flow", number);
        line.put("step", name);
        line.put("ok", why == null);
        line.put("error", why);
        try {
            Files.writeString(Path.of(System.getenv("SNAPSTAND_REPORT")), JSON.writeValueAsString(line) + "\n", StandardOpenOption.APPEND);
        } catch (java.io.IOException thrown) {
            throw new java.io.UncheckedIOException(thrown);
        }
    }

    String control(String method, String path, Object body) throws Exception {
        boolean text = body instanceof String;
        String sent = body == null ? "" : text ? (String) body : JSON.writeValueAsString(body);
        HttpRequest request = HttpRequest.newBuilder(URI.create(URL + "/_snapstand" + path + "?world=" + key))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(sent))
                .header("Content-Type", text ? "text/plain" : "application/json")
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() < 300, () -> method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        return answer.body();
    }

    void advance(String duration) throws Exception {
        control("POST", "/clock/advance", Map.of("by", duration));
    }

    /** One setting of the world; null is the default. */
    void setting(String name, Object value) throws Exception {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put(name, value);
        control("PATCH", "/settings", change);
    }

    String content(String volume) throws Exception {
        return control("GET", "/baidu/volumes/" + volume + "/content", null);
    }

    void write(String volume, String text) throws Exception {
        control("PUT", "/baidu/volumes/" + volume + "/content", text);
    }

    /** Polls as the client's users do; between two looks a second passes in the world. */
    void waitFor(Supplier<Object> look, Object wanted) throws Exception {
        Object seen = null;
        for (int times = 0; times < 40; times++) {
            seen = look.get();
            if (wanted.equals(seen)) return;
            advance("PT1S");
        }
        fail("still " + seen + " after 40 s, not " + wanted);
    }

    /** Runs the jobs at once, all started at one signal, and gives their results in order. */
    static <T> List<T> together(int count, IntFunction<T> job) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        var pool = Executors.newFixedThreadPool(count);
        try {
            List<Future<T>> started = new ArrayList<>();
            for (int n = 0; n < count; n++) {
                int mine = n;
                started.add(pool.submit(() -> {
                    start.await();
                    return job.apply(mine);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : started) results.add(each.get());
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** In what is wanted a Pattern stands for every text that it matches whole, BLANK for a member without value. */
    static void same(Object seen, Object wanted) {
        String difference = differ("", seen, wanted);
        if (difference != null) fail(difference);
    }

    private static String differ(String path, Object seen, Object wanted) {
        if (wanted == BLANK) return seen == null || "".equals(seen) || Integer.valueOf(0).equals(seen) ? null : path + ": " + seen + ", not blank";
        if (wanted instanceof Pattern pattern) {
            return seen instanceof String text && pattern.matcher(text).matches() ? null : path + ": " + seen + ", not like " + pattern;
        }
        if (wanted instanceof Map<?, ?> map && seen instanceof Map<?, ?> found) {
            for (Object name : found.keySet()) {
                if (!map.containsKey(name)) return path + "." + name + ": " + found.get(name) + ", and nobody compares that member";
            }
            for (var member : map.entrySet()) {
                String difference = differ(path + "." + member.getKey(), found.get(member.getKey()), member.getValue());
                if (difference != null) return difference;
            }
            return null;
        }
        if (wanted instanceof List<?> list && seen instanceof List<?> found && list.size() == found.size()) {
            for (int at = 0; at < list.size(); at++) {
                String difference = differ(path + "[" + at + "]", found.get(at), list.get(at));
                if (difference != null) return difference;
            }
            return null;
        }
        return Objects.equals(seen, wanted) ? null : path + ": " + seen + ", not " + wanted;
    }

    /** A map of names and values, in turn. */
    static Map<String, Object> m(Object... members) {
        Map<String, Object> made = new LinkedHashMap<>();
        for (int at = 0; at < members.length; at += 2) made.put((String) members[at], members[at + 1]);
        return made;
    }

    static Map<String, Object> with(Map<String, Object> base, Object... members) {
        Map<String, Object> made = new LinkedHashMap<>(base);
        made.putAll(m(members));
        return made;
    }
}
