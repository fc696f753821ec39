package io.github.snapstand;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** How calls get to a server. */
final class Wire {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    final URI url;
    final HttpClient client;
    private final ConnectOptions options;

    Wire(URI url, ConnectOptions options) {
        String scheme = url.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "the URL " + withoutUser(url) + " is none of a server: give one such as http://127.0.0.1:7420");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the URL of " + url.getHost() + " holds a name or a password: give the token as ConnectOptions.token");
        }
        this.url = URI.create(scheme + "://" + url.getRawAuthority() + url.getRawPath().replaceAll("/+$", ""));
        this.options = options;
        // An answer takes as long as it takes: an advance, an expectation that waits.
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_LIMIT);
        if (options.caFile() != null) builder.sslContext(trusting(options.caFile()));
        this.client = builder.build();
    }

    private static String withoutUser(URI url) {
        return url.getRawUserInfo() == null ? url.toString() : url.toString().replace(url.getRawUserInfo() + "@", "");
    }

    private static SSLContext trusting(Path file) {
        try (InputStream certificates = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509").generateCertificates(certificates);
            if (all.isEmpty()) throw new GeneralSecurityException("it is empty");
            for (Certificate each : all) store.setCertificateEntry("ca" + store.size(), each);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException wrong) {
            throw new IllegalArgumentException("ConnectOptions.caFile " + file + " cannot be read: " + wrong.getMessage(), wrong);
        } catch (GeneralSecurityException wrong) {
            throw new IllegalArgumentException(
                    "ConnectOptions.caFile " + file + " holds no certificate in PEM: give the file that the server printed", wrong);
        }
    }

    /** The answer as JSON is made one of the type. */
    <T> T ask(Call call, Class<T> type) {
        return type.cast(read(call, type));
    }

    Object read(Call call, Type type) {
        String text = text(call);
        try {
            return Records.read(type, Json.parse(text));
        } catch (IllegalArgumentException wrong) {
            throw new SnapstandException("the answer to " + call.name() + " cannot be read: " + wrong.getMessage(), wrong);
        }
    }

    String text(Call call) {
        return send(call, BodyHandlers.ofString()).body();
    }

    void tell(Call call) {
        text(call);
    }

    /** Takes something away; false: it was not there. */
    boolean takeAway(Call call) {
        try {
            tell(call);
            return true;
        } catch (ControlRefusedException refused) {
            if (refused.status() != 404) throw refused;
            return false;
        }
    }

    /** The answer as it comes; who gets it closes it. */
    InputStream open(Call call) {
        return send(call, BodyHandlers.ofInputStream()).body();
    }

    private <T> HttpResponse<T> send(Call call, BodyHandler<T> handler) {
        BodyHandler<T> orRefusal = info -> info.statusCode() < 300
                ? handler.apply(info)
                : BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), text -> {
                    throw ControlRefusedException.of(info.statusCode(), text, call.name());
                });
        try {
            return client.send(request(call), orRefusal);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SnapstandException(call.name() + " was given up: its thread was interrupted", interrupted);
        } catch (IOException | ControlRefusedException failed) {
            throw failure(failed);
        }
    }

    /** A refusal, however deep it is packed, or that nobody answers. */
    SnapstandException failure(Throwable failed) {
        for (Throwable each = failed; each != null; each = each.getCause()) {
            if (each instanceof ControlRefusedException refused) return refused;
        }
        return new UnreachableException(url, failed);
    }

    HttpRequest request(Call call) {
        StringBuilder target = new StringBuilder(url + "/_snapstand");
        for (String step : call.path) {
            // URLs take these for steps up and down, however they are written.
            if (step == null || step.isEmpty() || step.equals(".") || step.equals("..")) {
                throw new IllegalArgumentException("no path of the control API can hold \"" + step + '"');
            }
            target.append('/').append(encoded(step));
        }
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (Map.Entry<String, String> each : call.query.entrySet()) {
            query.add(encoded(each.getKey()) + '=' + encoded(each.getValue()));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + query.toString())).method(call.method, call.body);
        set(request, "Content-Type", call.contentType);
        set(request, "Accept", call.accept);
        set(request, "Last-Event-ID", call.lastEventId);
        set(request, "X-Snapstand-Shard", options.shard());
        set(request, "X-Snapstand-World", worldHeader(call.query.get("world")));
        if (options.token() != null) request.setHeader("Authorization", "Bearer " + options.token());
        return request.build();
    }

    private static void set(HttpRequest.Builder request, String name, String value) {
        if (value != null) request.setHeader(name, value);
    }

    /**
     * A proxy that distributes worlds over several servers may not decode queries: a name that is encoded there is sent as it
     * is, too, where a header of this client can hold it.
     */
    private static String worldHeader(String world) {
        if (world == null || encoded(world).equals(world) || !world.strip().equals(world)) return null;
        return world.chars().allMatch(letter -> letter >= ' ' && letter < 0x7f) ? world : null;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
