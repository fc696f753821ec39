package io.github.snapstand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.snapstand.answers.ClockEvent;
import io.github.snapstand.answers.CreatedEvent;
import io.github.snapstand.answers.Event;
import io.github.snapstand.answers.ReplacedEvent;
import io.github.snapstand.answers.RequestEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@io.github.snapstand.junit.Snapstand(clock = "2026-01-05T08:00:00Z")
class EventStreamTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void whatHappensIsTold(World world) {
        try (EventStream events = world.events()) {
            String made = Clouds.snapshot(world, "nightly");
            world.clock().advance(Duration.ofHours(1));
            world.reset();
            List<Event> told = events.stream().takeWhile(each -> !(each instanceof ReplacedEvent)).toList();
            RequestEvent request = told.stream().filter(RequestEvent.class::isInstance).map(RequestEvent.class::cast).findFirst().orElseThrow();
            assertEquals("CreateSnapshot", request.operation());
            assertEquals(world.key(), request.world());
            CreatedEvent created = told.stream().filter(CreatedEvent.class::isInstance).map(CreatedEvent.class::cast).findFirst().orElseThrow();
            assertEquals(made, created.subject());
            assertEquals(Clouds.MONDAY, created.at());
            assertTrue(told.stream().anyMatch(each -> each instanceof ClockEvent clock && clock.mode().equals("manual")));
        }
    }

    @Test
    void onlyWhatIsAskedForIsToldAndAfterTheLast(World world) {
        EventsFilter calls = new EventsFilter().types("request");
        String lastId;
        try (EventStream events = world.events(calls)) {
            Clouds.snapshot(world, "first");
            assertInstanceOf(RequestEvent.class, events.next(LONG));
            lastId = events.lastId();
            assertThrows(SnapstandException.class, () -> events.next(Duration.ofMillis(1)));
        }
        String second = Clouds.snapshot(world, "second");
        try (EventStream events = world.events(new EventsFilter().types("request").after(lastId))) {
            assertTrue(((RequestEvent) events.next(LONG)).resources().contains(second));
        }
        ControlRefusedException refused =
                assertThrows(ControlRefusedException.class, () -> world.events(new EventsFilter().types("fires")));
        assertEquals("types", refused.field());
    }

    @Test
    void whoWaitsIsToldThatTheStreamWasClosed(World world) {
        EventStream events = world.events();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(events::hasNext);
        events.close();
        assertFalse(waiting.join());
        assertFalse(events.hasNext());
    }

    @Test
    void itGoesOnAfterABreak(World world) throws IOException {
        try (Cable cable = new Cable(world.server().url())) {
            World far = Snapstand.connect(URI.create("http://127.0.0.1:" + cable.port())).world(world.key());
            try (EventStream events = far.events(new EventsFilter().types("request"))) {
                String first = Clouds.snapshot(world, "first");
                assertTrue(((RequestEvent) events.next(LONG)).resources().contains(first));
                cable.cut();
                // What happens while nobody reads is told afterwards.
                String second = Clouds.snapshot(world, "second");
                String third = Clouds.snapshot(world, "third");
                assertTrue(((RequestEvent) events.next(LONG)).resources().contains(second));
                assertTrue(((RequestEvent) events.next(LONG)).resources().contains(third));
            }
        }
    }

    @Test
    void itEndsWithTheServer() {
        Snapstand server = Snapstand.launch(StartOptions.none());
        try (EventStream events = server.world(Snapstand.ALL_WORLDS).events()) {
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(events::hasNext);
            server.close();
            assertFalse(waiting.join());
            assertFalse(events.hasNext());
            assertThrows(NoSuchElementException.class, () -> events.next(LONG));
        }
    }

    @Test
    void whereNobodyIsThereAnyMoreItEndsWithThat() throws IOException {
        ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
            try (door; Socket near = door.accept()) {
                near.getInputStream().read(new byte[4096]);
                // There is more to come than comes.
                String beginning = "HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\nretry: 1\nid: a-1\ndata: {\"ty";
                near.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        });
        URI url = URI.create("http://127.0.0.1:" + door.getLocalPort());
        try (EventStream events = Snapstand.at(url, ConnectOptions.none(), null).world("any").events()) {
            assertThrows(UnreachableException.class, events::hasNext);
            assertFalse(events.hasNext());
        }
        answered.join();
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
                try (Socket near = door.accept()) {
                    near.getInputStream().read(new byte[4096]);
                    String event = "retry: 1\nid: a-1\ndata: {\n\n";
                    near.getOutputStream().write(("HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n" + event).getBytes(StandardCharsets.UTF_8));
                    near.getOutputStream().flush();
                    near.getInputStream().read();
                } catch (IOException broken) {
                    throw new IllegalStateException(broken);
                }
            });
            URI url = URI.create("http://127.0.0.1:" + door.getLocalPort());
            try (EventStream events = Snapstand.at(url, ConnectOptions.none(), null).world("any").events()) {
                SnapstandException unreadable = assertThrows(SnapstandException.class, () -> events.next(LONG));
                assertTrue(unreadable.getMessage().contains("an event cannot be read"), unreadable.getMessage());
            }
            answered.handle((done, broken) -> done).join();
        }
    }

    /** A way to a server that can be cut. */
    private static final class Cable implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> open = new CopyOnWriteArrayList<>();

        Cable(URI to) throws IOException {
            start(() -> {
                while (true) {
                    Socket near = door.accept();
                    Socket far = new Socket(to.getHost(), to.getPort());
                    open.add(near);
                    open.add(far);
                    start(() -> pass(near, far));
                    start(() -> pass(far, near));
                }
            });
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void start(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException cut) {
                    // It is what it is for.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private static void pass(Socket from, Socket to) throws IOException {
            try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            }
        }

        int port() {
            return door.getLocalPort();
        }

        /** Ends all that goes through it, in the middle of whatever it is. */
        void cut() throws IOException {
            for (Socket each : open) each.close();
            open.clear();
        }

        @Override
        public void close() throws IOException {
            door.close();
            cut();
        }
    }
}
