package io.github.snapstand;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON: objects are maps, arrays lists, integers longs, other numbers doubles. */
final class Json {
    private static final int DEPTH_MAX = 512;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /** Throws {@link IllegalArgumentException} where it is none, and says where. */
    static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.blanks();
        if (json.at < text.length()) throw json.wrong("there is more behind it");
        return value;
    }

    private Object value() {
        blanks();
        switch (peek()) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            case 't':
                return word("true", true);
            case 'f':
                return word("false", false);
            case 'n':
                return word("null", null);
            default:
                return number();
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        enter();
        if (!closes('}')) {
            do {
                blanks();
                String name = string();
                blanks();
                take(':');
                members.put(name, value());
            } while (goesOn('}'));
        }
        depth--;
        return members;
    }

    private List<Object> array() {
        List<Object> items = new ArrayList<>();
        enter();
        if (!closes(']')) {
            do {
                items.add(value());
            } while (goesOn(']'));
        }
        depth--;
        return items;
    }

    private void enter() {
        at++;
        if (++depth > DEPTH_MAX) throw wrong("it is too deep");
    }

    private boolean closes(char end) {
        blanks();
        if (peek() != end) return false;
        at++;
        return true;
    }

    private boolean goesOn(char end) {
        blanks();
        if (peek() == ',') {
            at++;
            return true;
        }
        take(end);
        return false;
    }

    private String string() {
        take('"');
        StringBuilder said = new StringBuilder();
        while (true) {
            char letter = peek();
            at++;
            if (letter == '"') return said.toString();
            if (letter < ' ') throw wrong("a text has no end");
            said.append(letter == '\\' ? escaped() : letter);
        }
    }

    private char escaped() {
        char letter = peek();
        at++;
        switch (letter) {
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                if (at + 4 > text.length()) throw wrong("it ends");
                at += 4;
                try {
                    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
                } catch (NumberFormatException none) {
                    throw wrong("no letter has that number");
                }
            case '"':
            case '\\':
            case '/':
                return letter;
            default:
                throw wrong("there is no such escape");
        }
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) throw wrong("there is no such word");
        at += word.length();
        return value;
    }

    private Object number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
        String digits = text.substring(from, at);
        try {
            if (digits.chars().allMatch(letter -> letter == '-' || Character.isDigit(letter))) return Long.parseLong(digits);
            return Double.parseDouble(digits);
        } catch (NumberFormatException none) {
            at = from;
            throw wrong("it is no number");
        }
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private char peek() {
        if (at >= text.length()) throw wrong("it ends");
        return text.charAt(at);
    }

    private void take(char wanted) {
        if (peek() != wanted) throw wrong("there is no " + wanted);
        at++;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("no JSON: at letter " + at + " " + what);
    }

    /** Maps, lists, records, texts, numbers, instants, words of an enumeration, booleans, null. */
    static String write(Object value) {
        StringBuilder said = new StringBuilder();
        write(value, said);
        return said.toString();
    }

    private static void write(Object value, StringBuilder said) {
        if (value instanceof Map<?, ?> members) {
            said.append('{');
            String gap = "";
            for (Map.Entry<?, ?> member : members.entrySet()) {
                said.append(gap);
                quote(String.valueOf(member.getKey()), said);
                said.append(':');
                write(member.getValue(), said);
                gap = ",";
            }
            said.append('}');
        } else if (value instanceof Iterable<?> items) {
            said.append('[');
            String gap = "";
            for (Object item : items) {
                said.append(gap);
                write(item, said);
                gap = ",";
            }
            said.append(']');
        } else if (value instanceof Record named) {
            write(members(named), said);
        } else if (value instanceof Object[] items) {
            write(List.of(items), said);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) throw new IllegalArgumentException("JSON has no number " + number);
            said.append(number == Math.rint(number) && Math.abs(number) < 1e15 ? String.valueOf((long) number) : String.valueOf(number));
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            said.append(value);
        } else if (value instanceof String || value instanceof Instant || value instanceof Enum) {
            quote(value.toString(), said);
        } else {
            throw new IllegalArgumentException("JSON has nothing for a " + value.getClass().getName());
        }
    }

    private static Map<String, Object> members(Record named) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (RecordComponent component : named.getClass().getRecordComponents()) {
            members.put(Records.nameOf(component), Records.valueOf(component, named));
        }
        return members;
    }

    private static void quote(String text, StringBuilder said) {
        said.append('"');
        for (int n = 0; n < text.length(); n++) {
            char letter = text.charAt(n);
            if (letter == '"' || letter == '\\') said.append('\\').append(letter);
            else if (letter < ' ') said.append(String.format("\\u%04x", (int) letter));
            else said.append(letter);
        }
        said.append('"');
    }
}
