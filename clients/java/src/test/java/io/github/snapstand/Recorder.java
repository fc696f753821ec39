package io.github.snapstand;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that takes down what is sent, and answers with examples; and who calls it by every method that there is. */
final class Recorder implements AutoCloseable {
    private static final String BASE = "/_snapstand";

    static {
        // Without it the JDK's server holds the body of an answer back until its head is acknowledged: 40 ms a call.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Description description;
    private final int alternative;
    private final Path state;
    private final HttpServer server;
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    /** What went wrong when it was called, or was read otherwise than it was answered. */
    final List<String> wrongs = new CopyOnWriteArrayList<>();

    /** One call. */
    record Sent(String method, String path, Set<String> query, Set<String> headers, Set<String> members) {}

    Recorder(Description description, int alternative, Path state) throws IOException {
        this.description = description;
        this.alternative = alternative;
        this.state = state;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath().substring(BASE.length());
        Set<String> query = new LinkedHashSet<>();
        String asked = exchange.getRequestURI().getRawQuery();
        if (asked != null) {
            for (String each : asked.split("&")) query.add(URLDecoder.decode(each.split("=")[0], StandardCharsets.UTF_8));
        }
        Set<String> members = new LinkedHashSet<>();
        boolean isJson = "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (isJson) membersOf(Json.parse(body), "", members);
        String method = exchange.getRequestMethod();
        sent.add(new Sent(method, path, query, Set.copyOf(exchange.getRequestHeaders().keySet()), members));
        Description.Operation operation = description.find(method, path);
        if (operation == null) {
            send(exchange, 404, "application/problem+json", "{}");
            return;
        }
        Map.Entry<String, Object> answer = operation.answer(alternative);
        String type = answer.getKey();
        String text = type.contains("json") || type.contains("event-stream") ? Json.write(answer.getValue()) : "a text";
        // The second time nothing comes, and that it ends is believed.
        boolean isAgain = exchange.getRequestHeaders().containsKey("Last-Event-ID");
        if (type.contains("event-stream")) text = isAgain ? "" : "id: a-1\ndata: " + text + "\n\n";
        send(exchange, type.isEmpty() ? 204 : 200, type, text);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!type.isEmpty()) exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length == 0 ? -1 : bytes.length);
        if (status != 204 && bytes.length > 0) exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void membersOf(Object value, String above, Set<String> names) {
        if (!(value instanceof Map<?, ?> members)) return;
        members.forEach((name, member) -> {
            names.add(above + name);
            membersOf(member, above + name + ".", names);
        });
    }

    /** Calls every public method of what the library hands out, with every member of what it takes set. */
    List<Sent> callAll() {
        Snapstand snapstand = Snapstand.at(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), ConnectOptions.none(), null);
        World world = snapstand.world("run-17");
        List<Object> handles = new ArrayList<>(List.of(snapstand, world));
        for (Method each : World.class.getDeclaredMethods()) {
            boolean isPart = Modifier.isPublic(each.getModifiers()) && Part.class.isAssignableFrom(each.getReturnType());
            if (isPart && each.getParameterCount() == 0) handles.add(invoke(world, each));
        }
        for (Object handle : handles) {
            for (Method each : handle.getClass().getDeclaredMethods()) {
                if (Modifier.isPublic(each.getModifiers()) && !Modifier.isStatic(each.getModifiers())) call(handle, each);
            }
        }
        return List.copyOf(sent);
    }

    private void call(Object handle, Method method) {
        int before = sent.size();
        Object given;
        try {
            given = invoke(handle, method);
        } catch (IllegalStateException | SnapstandException wrong) {
            if (!method.getName().equals("overTls")) wrongs.add(nameOf(method) + ": " + wrong.getMessage());
            return;
        }
        if (given instanceof EventStream events) {
            List<Object> read = new ArrayList<>();
            events.forEachRemaining(read::add);
            compare(method, read.get(0), sent.get(before));
        } else if (sent.size() > before) {
            compare(method, given, sent.get(before));
        }
    }

    /** What was read of an answer, written again, is the answer. */
    private void compare(Method method, Object given, Sent call) {
        Description.Operation operation = description.find(call.method, call.path);
        if (operation == null || !(given instanceof Record) && !(given instanceof List<?>)) return;
        Object answered = operation.answer(alternative).getValue();
        Object read = Json.parse(Json.write(given));
        difference(answered, read, "").forEach(each -> wrongs.add(nameOf(method) + ": " + each));
    }

    private static List<String> difference(Object answered, Object read, String path) {
        List<String> found = new ArrayList<>();
        if (answered instanceof Map<?, ?> wanted && read instanceof Map<?, ?> has) {
            wanted.forEach((name, value) -> {
                if (has.containsKey(name)) found.addAll(difference(value, has.get(name), path + "." + name));
                else found.add("does not read " + path + "." + name);
            });
            has.keySet().stream().filter(name -> !wanted.containsKey(name)).forEach(name -> found.add("no answer has " + path + "." + name));
        } else if (answered instanceof List<?> wanted && read instanceof List<?> has && wanted.size() == has.size()) {
            for (int n = 0; n < wanted.size(); n++) found.addAll(difference(wanted.get(n), has.get(n), path + "[]"));
        } else if (!String.valueOf(answered).equals(String.valueOf(read))) {
            found.add("reads " + path + " as " + read + ", not " + answered);
        }
        return found;
    }

    private static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private Object invoke(Object handle, Method method) {
        Object[] arguments = new Object[method.getParameterCount()];
        Parameter[] parameters = method.getParameters();
        for (int n = 0; n < arguments.length; n++) arguments[n] = sample(parameters[n]);
        try {
            return method.invoke(handle, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException wrong) throw wrong;
            throw new IllegalStateException(thrown.getCause());
        } catch (IllegalAccessException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private Object sample(Parameter parameter) {
        Class<?> type = parameter.getType();
        if (io.github.snapstand.Sent.class.isAssignableFrom(type)) return filled(type);
        if (type == String.class || type == Object.class) return parameter.getName().equals("connection") ? "reset" : "named";
        if (type == String[].class) return new String[] {"fired", "request"};
        if (type == int.class) return 5;
        if (type == double.class) return 0.5;
        if (type == boolean.class) return true;
        if (type == Duration.class) return Duration.ofSeconds(90);
        if (type == Instant.class) return Instant.parse("2026-01-05T08:00:00Z");
        if (type == ClockMode.class) return ClockMode.MANUAL;
        if (type == Map.class) return Map.of("name", "nightly");
        if (type == Path.class) return state;
        if (type == java.io.InputStream.class) return new java.io.ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));
        throw new IllegalStateException("no sample for " + parameter);
    }

    private Object filled(Class<?> type) {
        try {
            Object made = type == Expectation.class ? new Expectation("CreateSnapshot") : type.getDeclaredConstructor().newInstance();
            for (Method each : type.getDeclaredMethods()) {
                if (Modifier.isPublic(each.getModifiers()) && each.getReturnType() == type) invoke(made, each);
            }
            return made;
        } catch (ReflectiveOperationException wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
