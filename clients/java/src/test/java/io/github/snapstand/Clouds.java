package io.github.snapstand;

import com.baidubce.auth.DefaultBceCredentials;
import com.baidubce.http.DefaultRetryPolicy;
import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.BccClientConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;

/** Clients of both clouds, and what every new world has. */
public final class Clouds {
    /** A volume of Baidu. */
    public static final String VOLUME = "v-Starter1";
    /** A disk of Zenlayer. */
    public static final String DISK = "1700000000000000102";
    /** A Monday. */
    public static final Instant MONDAY = Instant.parse("2026-01-05T08:00:00Z");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Clouds() {}

    /** Baidu's own SDK, pointed at a world; it does not try again. */
    public static BccClient baidu(World world) {
        Credentials.Baidu cloud = world.credentials().baidu();
        BccClientConfiguration config = new BccClientConfiguration();
        config.setEndpoint(cloud.endpoint());
        config.setCredentials(new DefaultBceCredentials(cloud.accessKeyId(), cloud.secretAccessKey()));
        config.setRetryPolicy(new DefaultRetryPolicy(0, 0));
        return new BccClient(config);
    }

    /** A snapshot of the volume, by Baidu's SDK: its id. */
    public static String snapshot(World world, String name) {
        return baidu(world).createSnapshot(VOLUME, name).getSnapshotId();
    }

    /** A call of Zenlayer, with a bearer token. Zenlayer's Java SDK is on no registry that can be reached from everywhere. */
    public static Map<?, ?> zenlayer(World world, String token, String action, Map<String, ?> input)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(world.credentials().zenlayer().url()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("X-ZC-Action", action)
                .header("X-ZC-Version", "2025-09-01")
                .POST(BodyPublishers.ofString(Json.write(input)))
                .build();
        return (Map<?, ?>) Json.parse(HTTP.send(request, BodyHandlers.ofString()).body());
    }
}
