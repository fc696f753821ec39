package io.github.snapstand;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** An OpenAPI document, as far as it is read here, and examples of what it describes. */
final class Description {
    private static final String WORLD = "X-Snapstand-World";

    final Map<String, Object> document;

    Description(String text) {
        document = object(Json.parse(text));
    }

    /** An operation by its method and the path as it was called; null: there is none. */
    Operation find(String method, String path) {
        Operation found = null;
        for (Operation each : operations()) {
            if (!each.method.equals(method)) continue;
            if (each.path.equals(path)) return each;
            String pattern = Pattern.compile("\\{\\w+}").matcher(each.path).replaceAll("[^/]+");
            if (found == null && path.matches(pattern.replace(".json", "\\.json"))) found = each;
        }
        return found;
    }

    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        object(document.get("paths")).forEach((path, methods) -> object(methods)
                .forEach((method, operation) -> all.add(new Operation(method.toUpperCase(), path, object(operation)))));
        return all;
    }

    Map<String, Object> schemas() {
        return object(object(document.get("components")).get("schemas"));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    static List<?> list(Object value) {
        return value == null ? List.of() : (List<?>) value;
    }

    private Map<String, Object> followed(Object schema) {
        Map<String, Object> found = object(schema);
        Object reference = found.get("$ref");
        if (reference == null) return found;
        String name = reference.toString();
        return followed(schemas().get(name.substring(name.lastIndexOf('/') + 1)));
    }

    /** What the schema describes, with every member; of alternatives the one of that number, where there are as many. */
    Object example(Object schema, int alternative) {
        Map<String, Object> described = followed(schema);
        if (described.containsKey("const")) return described.get("const");
        if (described.containsKey("enum")) return list(described.get("enum")).get(0);
        if (described.containsKey("anyOf")) {
            List<?> all = list(described.get("anyOf"));
            return example(all.get(Math.min(alternative, all.size() - 1)), alternative);
        }
        Object type = described.get("type");
        if (type instanceof List<?> types) type = types.get(0);
        switch (String.valueOf(type)) {
            case "object":
                Map<String, Object> made = new LinkedHashMap<>();
                object(described.get("properties")).forEach((name, member) -> made.put(name, example(member, alternative)));
                object(described.get("patternProperties")).values().forEach(held -> made.put("any", example(held, alternative)));
                return made;
            case "array":
                return Collections.singletonList(example(described.get("items"), alternative));
            case "integer":
                return 7L;
            case "number":
                return 1.5;
            case "boolean":
                return true;
            case "null":
                return null;
            default:
                return String.valueOf(described.get("description")).contains("An instant") ? "2026-01-05T08:00:00Z" : "a text";
        }
    }

    /** One operation of the document. */
    final class Operation {
        final String method;
        final String path;
        final Map<String, Object> told;

        private Operation(String method, String path, Map<String, Object> told) {
            this.method = method;
            this.path = path;
            this.told = told;
        }

        String name() {
            return told.get("operationId") + " (" + method + " " + path + ")";
        }

        /** Those of one place; a header of all calls, by a reference, is passed over. */
        Set<String> parameters(String place) {
            Set<String> names = new LinkedHashSet<>();
            for (Object each : list(told.get("parameters"))) {
                Map<String, Object> parameter = object(each);
                if (place.equals(parameter.get("in")) && !WORLD.equals(parameter.get("name"))) names.add((String) parameter.get("name"));
            }
            return names;
        }

        /** The members of the JSON that it takes: {@code then.error}; those of a free object are not told. */
        Set<String> members() {
            Set<String> names = new LinkedHashSet<>();
            Map<String, Object> content = object(object(told.get("requestBody")).get("content"));
            members(object(content.get("application/json")).get("schema"), "", names);
            return names;
        }

        private void members(Object schema, String above, Set<String> names) {
            object(followed(schema).get("properties")).forEach((name, member) -> {
                names.add(above + name);
                members(member, above + name + ".", names);
            });
        }

        /** The type of its success, and an example of it. */
        Map.Entry<String, Object> answer(int alternative) {
            Map<String, Object> content = object(object(object(told.get("responses")).get("200")).get("content"));
            for (Map.Entry<String, Object> each : content.entrySet()) {
                Map<String, Object> schema = object(object(each.getValue()).get("schema"));
                Object shown = schema.containsKey("contentSchema") ? schema.get("contentSchema") : schema;
                return Map.entry(each.getKey(), example(shown, alternative));
            }
            return Map.entry("", "");
        }
    }
}
