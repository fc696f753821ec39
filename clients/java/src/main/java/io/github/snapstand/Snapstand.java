package io.github.snapstand;

import io.github.snapstand.answers.Health;
import io.github.snapstand.answers.Move;
import io.github.snapstand.answers.Operations;
import io.github.snapstand.answers.ResetReport;
import io.github.snapstand.answers.WorldSummary;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** A running Snapstand: one that was started here, or one that runs anywhere else. Threads may share it. */
public final class Snapstand implements AutoCloseable {
    /** Names all worlds at once, where a call can be about all: resets, faults, the journal, events. */
    public static final String ALL_WORLDS = "*";

    /** The one of Snapstand that this library was made for. */
    public static final String VERSION = "0.1.0";

    private static final int NAME_LENGTH_MAX = 40;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Wire wire;
    private final ConnectOptions options;
    private final Started started;

    private Snapstand(URI url, ConnectOptions options, Started started) {
        this.wire = new Wire(url, options);
        this.options = options;
        this.started = started;
    }

    /**
     * The server that all of this JVM share: the one that {@code SNAPSTAND_URL} names, with the token in {@code
     * SNAPSTAND_CONTROL_TOKEN}, or one that is started at the first call and ends with the JVM, however that ends.
     *
     * @throws StartFailedException where there is none; it says what was looked for
     */
    public static Snapstand start() {
        return start(StartOptions.none());
    }

    /** The same with options; who says the same shares a server. Where there are options, SNAPSTAND_URL is not looked at. */
    public static Snapstand start(StartOptions options) {
        return Shared.server(options);
    }

    /** Starts a server of its own, which {@link #close} ends; it ends with the JVM, too. */
    public static Snapstand launch(StartOptions options) {
        return Launch.launch(options);
    }

    /** Finds a server that runs somewhere, and asks whether it is there. */
    public static Snapstand connect(URI url) {
        return connect(url, ConnectOptions.none());
    }

    /** The same with a token, a certificate, keys. */
    public static Snapstand connect(URI url, ConnectOptions options) {
        Snapstand server = at(url, options, null);
        server.health();
        return server;
    }

    /** A server of which nothing is asked yet. */
    static Snapstand at(URI url, ConnectOptions options, Started started) {
        return new Snapstand(url, options, started);
    }

    /** What clients take as their endpoint: {@code http://127.0.0.1:7420}. */
    public URI url() {
        return wire.url;
    }

    /** The same server by its second door, of one that was started here with {@code --tls}; its certificate is trusted. */
    public Snapstand overTls() {
        if (started == null || started.secureUrl() == null) {
            throw new IllegalStateException("there is no second door: start the server here, with StartOptions.flags(\"--tls\")");
        }
        ConnectOptions trusting = options.caFile(started.certificate());
        return new Snapstand(started.secureUrl(), trusting, new Started(null, started.secureUrl(), started.certificate()));
    }

    /** The file of the certificate of {@link #overTls}, for clients that have to be told; null: there is none. */
    public Path certificate() {
        return started == null ? null : started.certificate();
    }

    /**
     * The world of that name, whether it is there or not; nothing is sent. Calls of the clouds without a key belong to the
     * world {@code default}.
     */
    public World world(String key) {
        return new World(this, wire, key, Credentials.of(wire.url, key, options.keys()));
    }

    /** A world that nobody else knows: its key is made up of the name, of which it has the plain letters. */
    public World newWorld(String name) {
        String plain = name.replaceAll("[^0-9A-Za-z]+", "-");
        if (plain.length() > NAME_LENGTH_MAX) plain = plain.substring(0, NAME_LENGTH_MAX);
        byte[] salt = new byte[4];
        RANDOM.nextBytes(salt);
        return world((plain + "-" + HexFormat.of().formatHex(salt)).replaceAll("^-+|-+(?=-)", ""));
    }

    /** The name of the world that a bearer token of Zenlayer's names: made of its digest, for the token is a secret. */
    public static String bearerWorld(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return "bearer-" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Whether it is there, and what it serves. */
    public Health health() {
        return wire.ask(new Call("GET", "health"), Health.class);
    }

    /** The worlds that there are. */
    public List<WorldSummary> worlds() {
        return Part.list(wire, new Call("GET", "worlds"), WorldSummary.class);
    }

    /** The worlds that are moved to another server, or from one, and those that have left. */
    public List<Move> moves() {
        return Part.list(wire, new Call("GET", "moves"), Move.class);
    }

    /** Puts every world back to its starter seed, and empties every journal. */
    public ResetReport resetAll() {
        return world(ALL_WORLDS).reset();
    }

    /** What is served of each cloud, what it rests on, and what is not served. */
    public Operations operations() {
        return operations(null);
    }

    /** The same of one cloud. */
    public Operations operations(String provider) {
        return wire.ask(new Call("GET", "operations").query("provider", provider), Operations.class);
    }

    /** The control API as OpenAPI 3.1, in JSON. */
    public String openApi() {
        return wire.text(new Call("GET", "openapi.json"));
    }

    /** The API of a cloud ({@code zenlayer}, {@code baidu}) as OpenAPI 3.1, in JSON, with every error and examples of both. */
    public String cloudOpenApi(String cloud) {
        return wire.text(new Call("GET", "openapi", cloud + ".json"));
    }

    /** What the server has counted, in Prometheus' text format; refused where it was not started with {@code --metrics}. */
    public String metrics() {
        return wire.text(new Call("GET", "metrics"));
    }

    /** Ends the server, if {@link #launch} started it; one that is shared ends with the JVM. */
    @Override
    public void close() {
        if (started != null && started.end() != null) started.end().run();
    }

    @Override
    public String toString() {
        return "snapstand at " + wire.url;
    }

    /** What is known of a server that was started here: how it ends, its second door, the certificate of that. */
    record Started(Runnable end, URI secureUrl, Path certificate) {}
}
