import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The comparison of the flows. Installing runs it, and thereby makes Surefire fetch all that a run needs. */
class HarnessTest {
    @Test
    void findsEveryDifference() {
        var wanted = Flow.m("id", Pattern.compile("v-\\d"), "none", Flow.BLANK, "list", List.of(1, Flow.m("a", null)));
        assertDoesNotThrow(() -> Flow.same(Flow.m("id", "v-1", "none", "", "list", List.of(1, Flow.m())), wanted));
        for (var seen : List.of(
                Flow.m("id", "v-12", "list", List.of(1, Flow.m())),
                Flow.m("id", "v-1", "none", "x", "list", List.of(1, Flow.m())),
                Flow.m("id", "v-1", "list", List.of(1)),
                Flow.m("id", "v-1", "list", List.of("1", Flow.m())),
                Flow.m("id", "v-1", "list", List.of(1, Flow.m()), "more", 1))) {
            assertThrows(AssertionError.class, () -> Flow.same(seen, wanted), seen::toString);
        }
    }
}
