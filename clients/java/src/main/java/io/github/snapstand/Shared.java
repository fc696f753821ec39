package io.github.snapstand;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** The servers that all of a JVM share, by how they were started; what failed once is not tried again. */
final class Shared {
    private static final Map<StartOptions, Shared> ALL = new HashMap<>();

    private Snapstand server;
    private RuntimeException failed;

    private Shared() {}

    static Snapstand server(StartOptions options) {
        Shared shared;
        synchronized (ALL) {
            shared = ALL.computeIfAbsent(options, each -> new Shared());
        }
        return shared.started(options);
    }

    private synchronized Snapstand started(StartOptions options) {
        if (failed != null) throw failed;
        if (server == null) {
            try {
                server = start(options);
            } catch (SnapstandException | IllegalArgumentException wrong) {
                failed = wrong;
                throw wrong;
            }
        }
        return server;
    }

    private static Snapstand start(StartOptions options) {
        String url = Programs.variable("SNAPSTAND_URL");
        if (url == null || !options.equals(StartOptions.none())) return Launch.shared(options);
        ConnectOptions reached = ConnectOptions.none().token(Programs.variable("SNAPSTAND_CONTROL_TOKEN"));
        try {
            return Snapstand.connect(URI.create(url), reached);
        } catch (SnapstandException | IllegalArgumentException wrong) {
            throw new StartFailedException("SNAPSTAND_URL names " + url + ": " + wrong.getMessage(), wrong);
        }
    }
}
