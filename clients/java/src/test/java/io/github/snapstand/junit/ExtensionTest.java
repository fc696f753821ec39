package io.github.snapstand.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.baidubce.BceServiceException;
import io.github.snapstand.Clouds;
import io.github.snapstand.World;
import io.github.snapstand.answers.Setting;
import io.github.snapstand.answers.WorldSummary;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

@Snapstand(clock = "2026-01-05T08:00:00Z", settings = {"zenlayer.snapshotQuota=3", "zenlayer.recycleBin=true"})
class ExtensionTest {
    private static final Set<String> KEYS = ConcurrentHashMap.newKeySet();
    private World before;

    @BeforeAll
    static void aClassHasAWorldOfItsOwn(World ofClass, io.github.snapstand.Snapstand server) {
        KEYS.add(ofClass.key());
        assertEquals(server.url(), ofClass.server().url());
    }

    @BeforeEach
    void itIsTheSameForAllOfOneTest(World world) {
        before = world;
    }

    @RepeatedTest(4)
    void eachTestHasAWorldOfItsOwn(World world) {
        assertEquals(before.key(), world.key());
        assertTrue(KEYS.add(world.key()), "a key came twice");
        assertEquals(0, world.resources().list("baidu", "snapshots").total());
        Clouds.snapshot(world, "nightly");
        assertEquals(1, world.resources().list("baidu", "snapshots").total());
    }

    private static Object setting(World world, String name) {
        return world.settings().get().stream().filter(each -> each.name().equals(name)).map(Setting::value).findFirst().orElseThrow();
    }

    @Test
    void aClassSaysHowItBegins(World world) {
        assertEquals(Clouds.MONDAY, world.clock().now());
        assertEquals(3L, setting(world, "zenlayer.snapshotQuota"));
        assertEquals(true, setting(world, "zenlayer.recycleBin"));
    }

    @Test
    @Snapstand(clock = "2026-06-01T10:00:00+02:00", settings = "zenlayer.snapshotQuota=2", seed = "one-volume.yaml")
    void aTestGoesBeforeItsClass(World world) {
        assertEquals(Instant.parse("2026-06-01T08:00:00Z"), world.clock().now());
        assertEquals(2L, setting(world, "zenlayer.snapshotQuota"));
        assertEquals(true, setting(world, "zenlayer.recycleBin"));
        assertEquals("v-db", world.resources().list("baidu", "volumes").resources().get(0).id());
    }

    @Nested
    @Snapstand(clock = "system")
    class Inner {
        @Test
        void aNestedClassGoesBeforeTheOneAround(World world) {
            assertEquals("system", world.clock().get().mode());
            assertEquals(3L, setting(world, "zenlayer.snapshotQuota"));
        }
    }

    @Test
    @Snapstand(flags = "--metrics")
    void flagsAreForAServerOfTheirOwn(World world, io.github.snapstand.Snapstand server) {
        assertTrue(world.server().metrics().contains("snapstand_"));
        assertNotEquals(io.github.snapstand.Snapstand.start().url(), server.url());
    }

    /** What these do is told to {@link Told}. */
    @Snapstand
    static class Failing {
        static final List<String> KEPT = new CopyOnWriteArrayList<>();

        @Test
        void fails(World world) {
            KEPT.add(world.key());
            world.setContent("baidu", Clouds.VOLUME, "it is there");
            assertThrows(BceServiceException.class, () -> Clouds.baidu(world).createSnapshot("v-nowhere", "nightly"));
            throw new IllegalStateException("the test");
        }

        @Test
        void failsWithoutARefusal(World world) {
            throw new IllegalStateException(world.key());
        }

        @Test
        void passes(World world) {
            assertThrows(BceServiceException.class, () -> Clouds.baidu(world).createSnapshot("v-nowhere", "nightly"));
        }

        @Test
        void failsAfterwards(World world) {
            assertThrows(BceServiceException.class, () -> Clouds.baidu(world).createSnapshot("v-nowhere", "afterwards"));
        }

        @AfterEach
        void end(org.junit.jupiter.api.TestInfo test) {
            if (test.getDisplayName().startsWith("failsAfterwards")) throw new IllegalStateException("afterwards");
        }

        @Test
        @Snapstand(clock = "noon")
        void wrongClock(World world) {}

        @Test
        @Snapstand(settings = "zenlayer.snapshotQuota")
        void wrongSetting(World world) {}

        @Test
        @Snapstand(seed = "none.yaml")
        void wrongSeed(World world) {}
    }

    /** Runs a class of tests, and keeps what is told of them. */
    private static final class Told implements TestExecutionListener {
        private final List<String> failed = new CopyOnWriteArrayList<>();
        private final List<String> reported = new CopyOnWriteArrayList<>();

        static Told of(Class<?> tests) {
            Told told = new Told();
            LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(tests)).build(), told);
            return told;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(thrown -> failed.add(test.getDisplayName() + ": " + thrown.getMessage()));
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            reported.add(test.getDisplayName() + ": " + entry.getKeyValuePairs().get("snapstand"));
        }

        private static String of(List<String> said, String test) {
            return said.stream().filter(each -> each.startsWith(test + "(")).findFirst().orElse("nothing of " + test);
        }
    }

    @Test
    void whoFailsIsToldWhatWasRefusedAndWhy() {
        Told told = Told.of(Failing.class);
        assertTrue(Told.of(told.failed, "fails").endsWith("the test"), told.failed.toString());
        String reported = Told.of(told.reported, "fails");
        assertTrue(reported.contains("1 calls of the world Failing-fails-"), reported);
        assertTrue(reported.contains("POST CreateSnapshot: 404"), reported);
        assertTrue(reported.contains("v-nowhere") || reported.contains("["), reported);
        assertTrue(Told.of(told.reported, "failsAfterwards").contains("POST CreateSnapshot: 404"), told.reported.toString());
        assertEquals(2, told.reported.size(), told.reported.toString());
        assertTrue(Told.of(told.failed, "passes").startsWith("nothing"), told.failed.toString());
        assertTrue(Told.of(told.failed, "wrongClock").contains("@Snapstand(clock = \"noon\"): it takes manual, system, or an instant"));
        assertTrue(Told.of(told.failed, "wrongSetting").contains("@Snapstand(settings = \"zenlayer.snapshotQuota\"): it takes a name and a value"));
        assertTrue(Told.of(told.failed, "wrongSeed").contains("@Snapstand(seed = \"none.yaml\"): there is none beside"));
        List<String> left = io.github.snapstand.Snapstand.start().worlds().stream().map(WorldSummary::id).toList();
        assertFalse(left.contains(Failing.KEPT.get(0)), "its world was not dropped");
    }
}
