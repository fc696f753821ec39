package io.github.snapstand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    @TempDir
    Path folder;

    /** A JVM that starts a server with what it finds, and says where, or why not. */
    public static final class Starter {
        private Starter() {}

        public static void main(String[] none) throws IOException {
            try {
                Snapstand server = Snapstand.start();
                System.out.println(server.url() + " " + server.health().status());
            } catch (SnapstandException failed) {
                System.out.println(failed.getMessage());
                return;
            }
            System.in.read();
        }
    }

    private Process starter(Consumer<Map<String, String>> environment, String... properties) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Starter.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(each -> each.startsWith("SNAPSTAND_"));
        environment.accept(builder.environment());
        return builder.start();
    }

    private static String checkout() {
        return Path.of(Programs.variable("SNAPSTAND_CHECKOUT")).toAbsolutePath().toString();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    @Test
    void allOfAJvmShareAServerWithTheSameOptions() {
        assertSame(Snapstand.start(), Snapstand.start(StartOptions.none()));
        Snapstand own = Snapstand.start(StartOptions.none().flags("--metrics"));
        assertNotSame(Snapstand.start(), own);
        own.close();
        assertTrue(own.metrics().contains("snapstand_"), "it was ended");
    }

    @Test
    void whatWasLookedForIsTold() throws Exception {
        Process process = starter(environment -> environment.put("PATH", folder.toString()));
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("""
                there is no server to start. Looked for
                - the npm package: no node_modules/.bin/snapstand in %s or above it, no snapstand on the PATH
                - a checkout: neither the variable SNAPSTAND_CHECKOUT nor the system property snapstand.checkout is set
                - the image snapstand:0.1.0: docker is not installed
                Have one of them, or name a running server in SNAPSTAND_URL
                """.formatted(folder.toRealPath()), said.replace(folder.toString(), folder.toRealPath().toString()));
        assertEquals(0, process.waitFor());
    }

    @Test
    void aServerEndsWithItsJvm() throws Exception {
        Process process = starter(environment -> environment.put("SNAPSTAND_CHECKOUT", checkout()));
        String[] said = firstLine(process).split(" ");
        assertEquals("ok", said[1]);
        Snapstand server = Snapstand.connect(URI.create(said[0]));
        process.destroyForcibly().waitFor();
        assertThrows(UnreachableException.class, () -> {
            while (true) server.health();
        });
    }

    @Test
    void theServerThatIsNamedIsTaken() throws Exception {
        Snapstand named = Snapstand.start();
        Process process = starter(environment -> environment.put("SNAPSTAND_URL", named.url().toString()));
        assertEquals(named.url() + " ok", firstLine(process));
        process.getOutputStream().close();
        assertEquals(0, process.waitFor());
        named.health();
        Process wrong = starter(environment -> {}, "-Dsnapstand.url=http://127.0.0.1:1");
        assertTrue(firstLine(wrong).startsWith("SNAPSTAND_URL names http://127.0.0.1:1: nothing answers at"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theNpmPackageGoesBeforeACheckout() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("node_modules").resolve(".bin"));
        Path program = Files.writeString(bin.resolve("snapstand"), "#!/bin/sh\necho 'the package' >&2\nexit 3\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process process = starter(environment -> environment.put("SNAPSTAND_CHECKOUT", checkout()));
        String said = firstLine(process);
        assertTrue(said.startsWith("the npm package (") && said.endsWith("it ended with 3: the package"), said);
    }

    /** A docker that runs no container, but the server of the checkout, with what it was told to hand on. */
    private void fakeDocker(Path bin) throws IOException {
        String script = """
                #!/bin/sh
                case "$1" in
                image) [ "$5" = snapstand:0.1.0 ] ;;
                port) sed 's#^http://##' "%1$s/url" ;;
                run)
                  echo "$@" > "%1$s/asked"
                  exec "%2$s/node_modules/.bin/node" "%2$s/dist/cli.js" --host 127.0.0.1 --port 0 --url-file "%1$s/url" ;;
                esac
                """.formatted(bin, checkout());
        Path program = Files.writeString(bin.resolve("docker"), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theImageIsTakenWhereNothingElseIsThere() throws Exception {
        fakeDocker(folder);
        Process process = starter(environment -> environment.put("PATH", folder + ":/usr/bin:/bin"));
        String[] said = firstLine(process).split(" ");
        assertEquals("ok", said[1], String.join(" ", said));
        String asked = Files.readString(folder.resolve("asked"));
        assertTrue(asked.matches("run --rm --interactive --name snapstand-java-[0-9a-f]{12} "
                + "--publish 127.0.0.1::7420 --env NODE_OPTIONS snapstand:0.1.0\n"), asked);
        Snapstand server = Snapstand.connect(URI.create(said[0]));
        process.destroyForcibly().waitFor();
        assertThrows(UnreachableException.class, () -> {
            while (true) server.health();
        });
    }

    @Test
    void whatIsWrongWithAStartIsTold() {
        StartFailedException nowhere =
                assertThrows(StartFailedException.class, () -> Snapstand.launch(StartOptions.none().checkout(folder)));
        assertTrue(nowhere.getMessage().contains("npm ci && npm run build"), nowhere.getMessage());
        StartFailedException flag = assertThrows(StartFailedException.class,
                () -> Snapstand.launch(StartOptions.none().flags("--clok", "manual")));
        assertTrue(flag.getMessage().contains("it ended with 2") && flag.getMessage().contains("--clok"), flag.getMessage());
    }

    @Test
    void secretsAreSentAndNotTold() {
        StartOptions options = StartOptions.none().token("open sesame").keys(new Key("robot", "hush", "shared"), new Key("own", "hush"));
        Snapstand server = Snapstand.launch(options);
        try {
            World world = server.world("shared");
            assertEquals("robot", world.credentials().baidu().accessKeyId());
            Clouds.snapshot(world, "signed with it");
            world.requests().expect(new Expectation("CreateSnapshot").status(200));
            assertEquals("hush", server.world("own").credentials().zenlayer().accessKeyPassword());
            ControlRefusedException refused = assertThrows(ControlRefusedException.class, () -> Snapstand.connect(server.url()).worlds());
            assertEquals(401, refused.status());
            assertEquals(1, Snapstand.connect(server.url(), ConnectOptions.none().token("open sesame")).worlds().size());
            String told = options + " " + ConnectOptions.none().token("open sesame") + world.credentials() + world + server;
            assertFalse(told.contains("sesame") || told.contains("hush"), told);
        } finally {
            server.close();
        }
        assertThrows(UnreachableException.class, server::health);
    }

    @Test
    void theSecondDoorIsTrustedByItsCertificate() {
        Snapstand server = Snapstand.launch(StartOptions.none().flags("--tls"));
        try {
            Snapstand secure = server.overTls();
            assertEquals("https", secure.url().getScheme());
            assertEquals("ok", secure.health().status());
            assertEquals(secure.url() + "/api/v2/zec", secure.world("a").credentials().zenlayer().url());
            UnreachableException untrusted = assertThrows(UnreachableException.class, () -> Snapstand.connect(secure.url()));
            assertTrue(untrusted.getMessage().contains("is not trusted: name its file by ConnectOptions.caFile"), untrusted.getMessage());
            URI other = URI.create("https://localhost.localdomain:" + secure.url().getPort());
            ConnectOptions trusting = ConnectOptions.none().caFile(server.certificate());
            assertEquals("ok", Snapstand.connect(secure.url(), trusting).health().status());
            assertThrows(UnreachableException.class, () -> Snapstand.connect(other, trusting));
        } finally {
            server.close();
        }
        IllegalStateException none = assertThrows(IllegalStateException.class, () -> Snapstand.start().overTls());
        assertTrue(none.getMessage().contains("--tls"), none.getMessage());
    }

    @Test
    void whatIsWrongWithAUrlOrAFileIsTold() throws IOException {
        IllegalArgumentException url =
                assertThrows(IllegalArgumentException.class, () -> Snapstand.connect(URI.create("127.0.0.1")));
        assertTrue(url.getMessage().contains("http://127.0.0.1:7420"), url.getMessage());
        IllegalArgumentException user =
                assertThrows(IllegalArgumentException.class, () -> Snapstand.connect(URI.create("http://a:hush@127.0.0.1")));
        assertFalse(user.getMessage().contains("hush"), user.getMessage());
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        for (Path each : List.of(empty, folder.resolve("none.pem"))) {
            IllegalArgumentException file = assertThrows(IllegalArgumentException.class,
                    () -> Snapstand.connect(URI.create("https://127.0.0.1:1"), ConnectOptions.none().caFile(each)));
            assertTrue(file.getMessage().contains(each.toString()), file.getMessage());
        }
        int free;
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = door.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + free);
        UnreachableException unreachable = assertThrows(UnreachableException.class, () -> Snapstand.connect(nobody));
        assertEquals(nobody, unreachable.url());
    }
}
