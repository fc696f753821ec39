package io.github.snapstand;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server that was started here. */
final class Launch {
    /** So long a start may take: a container's, on a machine that is busy. */
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    /** A server lets calls that are under way end, for five seconds, if it is not told otherwise. */
    private static final Duration END_LIMIT = Duration.ofSeconds(15);
    private static final long ASK_EVERY_MS = 10;
    private static final int SAID_BYTES_MAX = 4096;
    /**
     * Ends the server when its standard input ends. Nobody writes there: it ends with this JVM, however that ends, on every
     * system and in a container as well. Workers have an input of their own.
     */
    private static final String END_WITH_INPUT = "import{isMainThread}from\"node:worker_threads\";"
            + "if(isMainThread)process.stdin.on(\"end\",()=>process.kill(process.pid,\"SIGTERM\")).resume().unref()";

    private final Programs program;
    private final StartOptions options;
    private final String name;
    private final Path urlFile;
    private final Process process;
    private final StringBuilder said = new StringBuilder();

    private Launch(Programs program, StartOptions options) throws IOException {
        this.program = program;
        this.options = options;
        byte[] salt = new byte[6];
        new SecureRandom().nextBytes(salt);
        this.name = "snapstand-java-" + HexFormat.of().formatHex(salt);
        this.urlFile = Path.of(System.getProperty("java.io.tmpdir"), name + ".url");
        List<String> command = new ArrayList<>(program.command());
        command.addAll(arguments());
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        environment(builder.environment());
        this.process = builder.start();
        Thread reader = new Thread(this::listen, name);
        reader.setDaemon(true);
        reader.start();
    }

    /** One that {@link Snapstand#close} ends. */
    static Snapstand launch(StartOptions options) {
        return launch(options, true);
    }

    /** One that ends with the JVM, and not before. */
    static Snapstand shared(StartOptions options) {
        return launch(options, false);
    }

    private static Snapstand launch(StartOptions options, boolean ends) {
        Programs program = Programs.find(options);
        Launch launch;
        try {
            launch = new Launch(program, options);
        } catch (IOException wrong) {
            throw new StartFailedException(program.source() + " cannot be started: " + wrong.getMessage(), wrong);
        }
        try {
            return launch.ready(ends);
        } catch (StartFailedException failed) {
            launch.end();
            throw failed;
        }
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (program.image() == null) {
            arguments.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--url-file", urlFile.toString()));
        } else {
            arguments.addAll(List.of(
                    "run", "--rm", "--interactive", "--name", name, "--publish", "127.0.0.1::7420", "--env", "NODE_OPTIONS"));
            // By their names alone: their values are those in the environment of docker.
            for (String variable : options.environment().keySet()) arguments.addAll(List.of("--env", variable));
            arguments.add(program.image());
        }
        arguments.addAll(options.flags());
        return arguments;
    }

    /** That of this JVM without what would configure a server, and with what ends it. */
    private void environment(Map<String, String> environment) {
        String own = environment.remove("NODE_OPTIONS");
        environment.keySet().removeIf(each -> each.startsWith("SNAPSTAND_"));
        environment.putAll(options.environment());
        String nodeOptions = "--import=data:text/javascript," + Wire.encoded(END_WITH_INPUT);
        // They may name files, which a container has not.
        if (own != null && program.image() == null) nodeOptions += " " + own;
        environment.put("NODE_OPTIONS", nodeOptions);
    }

    /** Keeps the end of what it says on standard error. */
    private void listen() {
        try (InputStream errors = process.getErrorStream()) {
            byte[] bytes = new byte[SAID_BYTES_MAX];
            for (int count = errors.read(bytes); count >= 0; count = errors.read(bytes)) {
                String text = new String(bytes, 0, count, StandardCharsets.UTF_8);
                synchronized (said) {
                    said.append(text);
                    if (said.length() > SAID_BYTES_MAX) said.delete(0, said.length() - SAID_BYTES_MAX);
                }
            }
        } catch (IOException ended) {
            // So has the server.
        }
    }

    private Snapstand ready(boolean ends) {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            Snapstand server = found(ends);
            if (server != null) return server;
            try {
                if (process.waitFor(ASK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                    throw failed("it ended with " + process.exitValue());
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw failed("its thread was interrupted");
            }
            if (System.nanoTime() > limit) throw failed("it was not ready in " + START_LIMIT.toSeconds() + " seconds");
        }
    }

    private StartFailedException failed(String why) {
        synchronized (said) {
            return new StartFailedException(program.source() + ": " + why + ": " + said.toString().strip());
        }
    }

    private Snapstand found(boolean ends) {
        List<String> lines = program.image() == null ? announced() : published();
        if (lines.isEmpty()) return null;
        URI secure = lines.size() > 1 ? URI.create(lines.get(1)) : null;
        Path certificate = lines.size() > 2 ? Path.of(lines.get(2)) : null;
        Snapstand.Started started = new Snapstand.Started(ends ? this::end : null, secure, certificate);
        ConnectOptions reached = ConnectOptions.none().token(options.token()).keys(options.keys().toArray(Key[]::new));
        Snapstand server = Snapstand.at(URI.create(lines.get(0)), reached, started);
        try {
            server.health();
            return server;
        } catch (SnapstandException notYet) {
            return null;
        }
    }

    /** What it wrote into the file of its URL: the URL, and where it has a second door its URL and its certificate. */
    private List<String> announced() {
        try {
            String text = Files.readString(urlFile);
            return text.endsWith("\n") ? text.lines().toList() : List.of();
        } catch (IOException notYet) {
            return List.of();
        }
    }

    /** Where docker made the port of a container known. */
    private List<String> published() {
        try {
            Process asked = new ProcessBuilder("docker", "port", name, "7420/tcp")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String address = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
            return address.isEmpty() ? List.of() : List.of("http://" + address);
        } catch (IOException notYet) {
            return List.of();
        }
    }

    private void end() {
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            // So has the server.
        }
        try {
            if (process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new SnapstandException("the server had to be killed: it did not end within " + END_LIMIT.toSeconds() + " seconds");
    }
}
