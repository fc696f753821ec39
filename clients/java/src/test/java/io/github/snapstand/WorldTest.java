package io.github.snapstand;

import static io.github.snapstand.Clouds.DISK;
import static io.github.snapstand.Clouds.MONDAY;
import static io.github.snapstand.Clouds.VOLUME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.baidubce.BceServiceException;
import com.baidubce.auth.DefaultBceCredentials;
import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.BccClientConfiguration;
import com.baidubce.services.bcc.model.asp.AttachAspRequest;
import com.baidubce.services.bcc.model.asp.CreateAspRequest;
import com.baidubce.services.bcc.model.snapshot.ListSnapshotsRequest;
import io.github.snapstand.answers.AdvanceReport;
import io.github.snapstand.answers.Expected;
import io.github.snapstand.answers.Fault;
import io.github.snapstand.answers.JournalEntry;
import io.github.snapstand.answers.Occurrences;
import io.github.snapstand.answers.Operations;
import io.github.snapstand.answers.Requests;
import io.github.snapstand.answers.Setting;
import io.github.snapstand.answers.WorldSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a world does, against a live server, with Baidu's own SDK. */
@io.github.snapstand.junit.Snapstand(clock = "2026-01-05T08:00:00Z")
class WorldTest {
    /** A policy of Baidu that fires each day at 12:00 UTC, bound to the volume. */
    private static String policy(World world) {
        CreateAspRequest request = new CreateAspRequest();
        request.setName("daily");
        request.setTimePoints(List.of(20));
        request.setRepeatWeekdays(List.of(0, 1, 2, 3, 4, 5, 6));
        request.setRetentionDays("3");
        String id = Clouds.baidu(world).createAsp(request).getAspId();
        AttachAspRequest attach = new AttachAspRequest();
        attach.setAspId(id);
        attach.setVolumeIds(List.of(VOLUME));
        Clouds.baidu(world).attachAsp(attach);
        return id;
    }

    @Test
    void timePassesAsItIsTold(World world) {
        String policy = policy(world);
        assertEquals(MONDAY.plus(Duration.ofHours(4)), world.agenda(1).agenda().get(0).at());

        AdvanceReport first = world.clock().advanceToNext();
        assertEquals(1, first.firings());
        AdvanceReport week = world.clock().advance(Duration.ofDays(7));
        assertEquals(7, week.snapshotsCreated());
        // Of those that it made, and the first one.
        assertEquals(5, week.snapshotsExpired());
        assertEquals(first.to().plus(Duration.ofDays(7)), world.clock().now());
        assertEquals(1, world.clock().advanceBy("36h").firings());
        assertEquals("expires", world.clock().advanceTo(Instant.parse("2026-02-01T00:00:00Z")).next().kind());
        assertFalse(world.clock().stop().stopped());

        Occurrences told = world.occurrences("baidu", policy, new OccurrencesFilter().after(MONDAY).limit(2));
        assertEquals(2, told.past().size());
        assertEquals(1, told.past().get(0).made());
        assertEquals(VOLUME, world.timeline(new TimelineFilter().provider("baidu").limit(1)).lanes().get(0).id());
        ListSnapshotsRequest list = new ListSnapshotsRequest();
        list.setVolumeId(VOLUME);
        assertEquals(world.resources().list("baidu", "snapshots").total(), Clouds.baidu(world).listSnapshots(list).getSnapshots().size());
    }

    @Test
    void aClockRunsOrStandsStill(World world) {
        assertEquals("manual", world.clock().get().mode());
        assertEquals("system", world.clock().set(ClockMode.SYSTEM).mode());
        Instant later = MONDAY.plus(Duration.ofDays(3650));
        assertEquals(later, world.clock().set(ClockMode.MANUAL, later).now());
        ControlRefusedException back = assertThrows(ControlRefusedException.class, () -> {
            Clouds.snapshot(world, "late");
            world.clock().set(MONDAY);
        });
        assertEquals(409, back.status());
        assertTrue(back.detail().contains("later instant"), back.detail());
    }

    @Test
    void aFaultActsAsOftenAsItSays(World world) {
        FaultRule rule = new FaultRule().provider("baidu").operation("CreateSnapshot").times(1).error("Instance.SnapshotLimitExceeded");
        Fault put = world.faults().put("full", rule);
        assertEquals("Instance.SnapshotLimitExceeded", put.then().error());
        assertEquals(1, put.times());
        BceServiceException refused = assertThrows(BceServiceException.class, () -> Clouds.snapshot(world, "first"));
        assertEquals("Instance.SnapshotLimitExceeded", refused.getErrorCode());
        String made = Clouds.snapshot(world, "second");
        assertEquals(1, world.faults().list().get(0).acted());
        world.faults().delete("full");
        world.faults().put("slow", new FaultRule().provider("baidu").error("InternalError").rate(1, 60));
        world.faults().clear();
        assertEquals(List.of(), world.faults().list());

        Requests told = world.requests().list(new RequestsFilter().operation("CreateSnapshot"));
        assertEquals(Map.of("200", 1, "403", 1), told.counts().status());
        assertEquals("full", told.requests().get(1).fault());
        assertTrue(told.requests().get(0).resources().contains(made));
    }

    @Test
    void whatIsExpectedIsFoundOrTheNearestIsTold(World world) {
        String made = Clouds.snapshot(world, "nightly");
        Expected found = world.requests().expect(
                new Expectation("CreateSnapshot").resource(made).status(200).body(Map.of("volumeId", VOLUME)).times(1));
        assertEquals(1, found.count());
        JournalEntry entry = world.requests().get(found.requests().get(0).id());
        assertTrue(entry.request().contains("nightly"), entry.request());
        assertTrue(world.requests().curl(entry.id()).startsWith("curl "));

        ExpectationUnmetException unmet = assertThrows(ExpectationUnmetException.class, () -> world.requests()
                .expect(new Expectation("CreateSnapshot").body(Map.of("snapshotName", "weekly"))));
        assertEquals(409, unmet.status());
        assertEquals(0, unmet.count());
        assertEquals("body.snapshotName", unmet.misses().get(0).differences().get(0).member());
        assertTrue(unmet.getMessage().contains("body.snapshotName is \"nightly\", not \"weekly\""), unmet.getMessage());

        CompletableFuture<Expected> waiting = CompletableFuture.supplyAsync(() -> world.requests()
                .expect(new Expectation("CreateSnapshot").times(2).within(Duration.ofSeconds(60))));
        Clouds.snapshot(world, "late");
        assertEquals(2, waiting.join().count());
        world.requests().clear();
        assertEquals(0, world.requests().list(new RequestsFilter().limit(0)).found());
    }

    @Test
    void whoWaitsCanBeInterrupted(World world) throws InterruptedException {
        CompletableFuture<String> told = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                world.requests().expect(new Expectation("CreateSnapshot").within(Duration.ofSeconds(60)));
                told.complete("it was found");
            } catch (SnapstandException given) {
                told.complete(Thread.currentThread().isInterrupted() + ": " + given.getMessage());
            }
        });
        waiting.start();
        waiting.interrupt();
        waiting.join();
        assertEquals("true: POST /_snapstand/requests/expect was given up: its thread was interrupted", told.join());
    }

    @Test
    void whatNobodyIsKnownToHaveCalledIsToldToo(World world) {
        Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Credentials.Baidu cloud = world.credentials().baidu();
        BccClientConfiguration config = new BccClientConfiguration();
        config.setEndpoint(cloud.endpoint());
        config.setCredentials(new DefaultBceCredentials(cloud.accessKeyId(), "another secret"));
        BceServiceException refused = assertThrows(BceServiceException.class, () -> new BccClient(config).listVolumes());
        String words = Refusals.of(world, began);
        assertTrue(words.contains("refused meanwhile before it was known whose they are:"), words);
        assertTrue(words.contains(refused.getRequestId()), words);
        assertFalse(words.contains("another secret"), words);
        String later = Refusals.of(world, Instant.now().plus(Duration.ofHours(1)));
        assertFalse(later.contains(refused.getRequestId()), later);
    }

    @Test
    void aCheckpointIsGoneBackToAndForked(World world) {
        world.checkpoints().save("empty");
        Clouds.snapshot(world, "one");
        assertEquals("empty", world.checkpoints().list().get(0).name());
        try (World fork = world.checkpoints().fork("empty", world.key() + "-fork")) {
            assertEquals(0, fork.resources().list("baidu", "snapshots").total());
            assertEquals(1, world.resources().list("baidu", "snapshots").total());
            world.checkpoints().restore("empty");
            assertEquals(0, world.resources().list("baidu", "snapshots").total());
        }
        world.checkpoints().drop("empty");
        assertEquals(List.of(), world.checkpoints().list());
    }

    @Test
    void stateGoesOutAndIn(World world, @TempDir Path folder) throws IOException {
        Clouds.snapshot(world, "one");
        String state = world.state().export();
        Path file = Files.writeString(folder.resolve("state.json"), state);
        Path yaml = Files.writeString(folder.resolve("state.yaml"), world.state().exportYaml());
        try (World copy = world.server().newWorld("copy")) {
            assertTrue(copy.state().importFile(file).exact());
            assertEquals(1, copy.resources().list("baidu", "snapshots").total());
            copy.reset();
            assertEquals(0, copy.resources().list("baidu", "snapshots").total());
            assertTrue(copy.state().importFile(yaml).exact());
            try (InputStream open = world.state().open()) {
                assertTrue(copy.state().importStream(open, null).exact());
            }
            assertEquals(1, copy.resources().list("baidu", "snapshots").total());
            ControlRefusedException refused = assertThrows(ControlRefusedException.class,
                    () -> copy.state().importText("baidu:\n  zones:\n    - nome: cn-bj-a\n"));
            assertFalse(refused.wrongs().isEmpty());
            assertTrue(refused.getMessage().contains(refused.wrongs().get(0).where()), refused.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> world.state().importFile(folder.resolve("none.yaml")));
    }

    @Test
    void settingsAreChangedAndPutBack(World world) {
        List<Setting> changed = world.settings().patch("zenlayer.snapshotQuota", 2);
        Setting quota = changed.stream().filter(each -> each.name().equals("zenlayer.snapshotQuota")).findFirst().orElseThrow();
        assertEquals(2L, quota.value());
        Setting back = world.settings().patch("zenlayer.snapshotQuota", null).stream()
                .filter(each -> each.name().equals("zenlayer.snapshotQuota")).findFirst().orElseThrow();
        assertEquals(back.defaultValue(), back.value());
        ControlRefusedException unknown = assertThrows(ControlRefusedException.class,
                () -> world.settings().patch(Map.of("zenlayer.snapshotQuotas", 2)));
        assertEquals("zenlayer.snapshotQuota", unknown.nearest());
    }

    @Test
    void theRightContentComesBack(World world) {
        world.setContent("baidu", VOLUME, "before ä\n");
        String made = Clouds.snapshot(world, "nightly");
        world.setContent("baidu", VOLUME, "after");
        assertEquals("before ä\n", world.resources().get("baidu", "snapshots", made).content());
        assertEquals("after", world.content("baidu", VOLUME));
    }

    @Test
    void zenlayerIsThereByABearerToken(World world) throws Exception {
        String token = "token-of-" + world.key();
        try (World named = world.server().world(Snapstand.bearerWorld(token))) {
            Map<?, ?> answer = Clouds.zenlayer(named, token, "CreateSnapshot", Map.of("diskId", DISK, "snapshotName", "nightly"));
            assertNull(answer.get("code"), answer.toString());
            String made = (String) ((Map<?, ?>) answer.get("response")).get("snapshotId");
            named.requests().expect(new Expectation("CreateSnapshot").provider("zenlayer").resource(made).times(1));
            Map<?, ?> refused = Clouds.zenlayer(named, token, "CreateSnapshot", Map.of("diskId", "1", "snapshotName", "nightly"));
            assertEquals("INVALID_DISK_NOT_FOUND", refused.get("code"));
            String words = Refusals.of(named, Instant.now());
            assertTrue(words.contains("INVALID_DISK_NOT_FOUND"), words);
        }
    }

    @Test
    void aWorldIsKeptListedAndForgotten(World world) {
        try (World other = world.server().newWorld("Käse & Brot")) {
            assertTrue(other.key().matches("K-se-Brot-[0-9a-f]{8}"), other.key());
            assertTrue(other.keep(true).keep());
            List<String> known = world.server().worlds().stream().map(WorldSummary::id).toList();
            assertTrue(known.contains(other.key()));
            assertTrue(other.delete());
            assertFalse(other.delete());
        }
        // A name that no query holds as it is.
        try (World strange = world.server().world("é /%&+ " + world.key())) {
            assertEquals(List.of(strange.key()), strange.reset().worlds());
        }
        assertThrows(IllegalArgumentException.class, () -> world.server().world("..").delete());
    }

    @Test
    void aServerTellsWhatItIs(World world) throws IOException {
        Snapstand server = world.server();
        assertEquals(Snapstand.VERSION, server.health().version());
        assertEquals(List.of(), server.moves());
        Operations told = server.operations("baidu");
        assertTrue(told.operations().stream().allMatch(each -> each.provider().equals("baidu")));
        assertTrue(told.operations().stream().anyMatch(each -> "client".equals(each.evidence().kind()) && !each.evidence().clients().isEmpty()));
        assertTrue(server.cloudOpenApi("zenlayer").contains("CreateSnapshot"));
        ControlRefusedException without = assertThrows(ControlRefusedException.class, server::metrics);
        assertTrue(without.detail().contains("--metrics"), without.detail());
        String pom = Files.readString(Path.of("pom.xml"), StandardCharsets.UTF_8);
        assertTrue(pom.contains("<artifactId>snapstand</artifactId>\n  <version>" + Snapstand.VERSION + "<"));
        assertNull(server.certificate());
    }

    @Test
    void aWorldMovesToAnotherServer(World other) throws IOException {
        World world = other.server().newWorld("mover");
        world.clock().set(ClockMode.MANUAL);
        Clouds.snapshot(world, "one");
        Snapstand there = Snapstand.launch(StartOptions.none());
        try {
            World copy = there.world(world.key());
            io.github.snapstand.answers.Move away = world.move().begin(new MoveBeginning().to(there.url().toString()));
            assertEquals("away", away.way());
            io.github.snapstand.answers.Move here = copy.move().begin(new MoveBeginning()
                    .from(world.server().url().toString()).mode(ClockMode.MANUAL).keep(away.keep()).series(away.series()));
            assertEquals(world.key(), there.moves().get(0).world());
            try (InputStream state = world.state().open()) {
                assertTrue(copy.state().importStream(state, here.move()).exact());
            }
            world.move().finish(away.move());
            copy.move().finish(here.move());
            assertEquals(1, copy.resources().list("baidu", "snapshots").total());
            assertFalse(copy.move().giveUp());
        } finally {
            there.close();
        }
    }
}
