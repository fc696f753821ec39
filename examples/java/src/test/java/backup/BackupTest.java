package backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.baidubce.BceServiceException;
import com.baidubce.auth.DefaultBceCredentials;
import com.baidubce.http.DefaultRetryPolicy;
import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.BccClientConfiguration;
import com.baidubce.services.bcc.model.asp.AttachAspRequest;
import com.baidubce.services.bcc.model.asp.CreateAspRequest;
import com.baidubce.services.bcc.model.snapshot.ListSnapshotsRequest;
import io.github.snapstand.Credentials;
import io.github.snapstand.Expectation;
import io.github.snapstand.FaultRule;
import io.github.snapstand.World;
import io.github.snapstand.answers.AdvanceReport;
import io.github.snapstand.junit.Snapstand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests of a backup, in parallel, each in a world of its own: its volumes, its clock, its faults, its journal. */
@Snapstand(clock = "2026-01-05T08:00:00Z")
class BackupTest {
    /** What every new world has: a system disk of Baidu, and a data disk of Zenlayer. */
    private static final String VOLUME = "v-Starter1";
    private static final String DISK = "1700000000000000102";

    /** A year of a daily policy: its snapshots are kept for 30 days. */
    @Test
    void snapshotsAreKeptForThirtyDays(World world) {
        BccClient client = baidu(world);
        CreateAspRequest policy = new CreateAspRequest();
        policy.setName("daily");
        policy.setTimePoints(List.of(20));
        policy.setRepeatWeekdays(List.of(0, 1, 2, 3, 4, 5, 6));
        policy.setRetentionDays("30");
        AttachAspRequest attach = new AttachAspRequest();
        attach.setAspId(client.createAsp(policy).getAspId());
        attach.setVolumeIds(List.of(VOLUME));
        client.attachAsp(attach);

        AdvanceReport report = world.clock().advance(Duration.ofDays(365));

        assertEquals(365, report.snapshotsCreated());
        assertEquals(335, report.snapshotsExpired());
        assertEquals(30, client.listSnapshots(new ListSnapshotsRequest()).getSnapshots().size());
    }

    /** The first call is refused; the program under test is to call again. */
    @Test
    void aBackupIsTriedAgain(World world) {
        world.faults().put("full", new FaultRule().provider("baidu").operation("CreateSnapshot").times(1)
                .error("Instance.SnapshotLimitExceeded"));

        backUp(baidu(world));

        world.requests().expect(new Expectation("CreateSnapshot").status(403).times(1));
        world.requests().expect(new Expectation("CreateSnapshot").status(200).times(1));
    }

    /** The right data comes back: a disk's content marker stands for its blocks. */
    @Test
    void aRollbackBringsTheContentBack(World other) throws Exception {
        // A bearer token names a world, too.
        String token = "rollback-" + UUID.randomUUID();
        try (World world = other.server().world(io.github.snapstand.Snapstand.bearerWorld(token))) {
            world.setContent("zenlayer", DISK, "before the upgrade");
            String made = zenlayer(world, token, "CreateSnapshot", "{\"diskId\":\"%s\",\"snapshotName\":\"nightly\"}".formatted(DISK));
            Matcher snapshotId = Pattern.compile("\"snapshotId\":\"([^\"]+)\"").matcher(made);
            assertTrue(snapshotId.find(), made);
            world.setContent("zenlayer", DISK, "after it");
            // What takes time on a clock that runs is there when its instant has come.
            world.clock().advance(Duration.ofMinutes(1));
            String applied = "{\"diskId\":\"%s\",\"snapshotId\":\"%s\"}".formatted(DISK, snapshotId.group(1));
            zenlayer(world, token, "ApplySnapshot", applied);
            world.clock().advance(Duration.ofMinutes(1));

            assertEquals("before the upgrade", world.content("zenlayer", DISK));
        }
    }

    /** The program under test: a snapshot, at the second try if need be. */
    private static void backUp(BccClient client) {
        try {
            client.createSnapshot(VOLUME, "nightly");
        } catch (BceServiceException refused) {
            if (!refused.getErrorCode().equals("Instance.SnapshotLimitExceeded")) throw refused;
            client.createSnapshot(VOLUME, "nightly");
        }
    }

    /** Baidu's own SDK, pointed at a world. */
    private static BccClient baidu(World world) {
        Credentials.Baidu cloud = world.credentials().baidu();
        BccClientConfiguration config = new BccClientConfiguration();
        config.setEndpoint(cloud.endpoint());
        config.setCredentials(new DefaultBceCredentials(cloud.accessKeyId(), cloud.secretAccessKey()));
        // The program tries again by itself.
        config.setRetryPolicy(new DefaultRetryPolicy(0, 0));
        return new BccClient(config);
    }

    /** A call of Zenlayer without its SDK. */
    private static String zenlayer(World world, String token, String action, String input) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(world.credentials().zenlayer().url()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("X-ZC-Action", action)
                .header("X-ZC-Version", "2025-09-01")
                .POST(BodyPublishers.ofString(input))
                .build();
        String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
        assertTrue(answer.contains("\"response\""), answer);
        return answer;
    }
}
