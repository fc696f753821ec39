package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** Snapstand in a container of the tests' own, by Testcontainers. */
class BackupTest {
    // The image is not published: `docker build -t snapstand:0.1.0 .` at the top of a clone makes it.
    private static final GenericContainer<?> SNAPSTAND =
            new GenericContainer<>(DockerImageName.parse("snapstand:0.1.0"))
                    .withExposedPorts(7420)
                    .withEnv("SNAPSTAND_CLOCK", "manual")
                    .waitingFor(Wait.forHealthcheck());

    @BeforeAll
    static void start() {
        SNAPSTAND.start();
    }

    @AfterAll
    static void stop() {
        SNAPSTAND.stop();
    }

    @Test
    void aWeekOfADailyPolicyLeavesSevenSnapshots() throws Exception {
        String policy = call("POST", "/v2/asp", """
                {"name":"daily","timePoints":["2"],"repeatWeekdays":["0","1","2","3","4","5","6"],"retentionDays":"30"}
                """);
        String aspId = policy.replaceAll(".*\"aspId\":\"([^\"]+)\".*", "$1");
        call("PUT", "/v2/asp/" + aspId + "?attach", "{\"volumeIds\":[\"v-Starter1\"]}");

        String report = call("POST", "/_snapstand/clock/advance", "{\"by\":\"P7D\"}");

        assertTrue(report.contains("\"snapshotsCreated\":7"), report);
    }

    /** Without a key it is served in the world `default`. */
    private static String call(String method, String path, String body) throws Exception {
        URI uri = URI.create("http://" + SNAPSTAND.getHost() + ":" + SNAPSTAND.getMappedPort(7420) + path);
        HttpRequest request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body)).build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }
}
