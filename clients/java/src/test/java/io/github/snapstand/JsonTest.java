package io.github.snapstand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void everyKindOfValueIsReadAndWritten() {
        String text = "{\"a\":[1,-2.5,true,false,null],\"b\":{\"c\":\"\\\"\\\\é😀\\u0001\"},\"d\":[],\"e\":{}}";
        Object read = Json.parse(text);
        assertEquals(
                Map.of("a", Arrays.asList(1L, -2.5, true, false, null), "b", Map.of("c", "\"\\é😀\u0001"), "d", List.of(), "e", Map.of()),
                read);
        assertEquals(text, Json.write(read));
        assertEquals("a/\b\f\n\r\té", Json.parse(" \"a\\/\\b\\f\\n\\r\\t\\u00e9\" "));
        assertEquals(1e3, Json.parse("1E3"));
        assertNull(Json.parse("null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u12x4\"", "tru", "1 2", "-", "1.2.3", "nul", "[1 2]", "\"\n\""})
    void whatIsNoneIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
    }

    @Test
    void whatIsTooDeepIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.parse("[".repeat(100_000)));
    }

    @Test
    void whatJsonHasNothingForIsNotWritten() {
        assertThrows(IllegalArgumentException.class, () -> Json.write(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Json.write(new StringBuilder()));
    }
}
