package io.github.snapstand;

import io.github.snapstand.answers.Event;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Events as they come. Where the connection breaks, it goes on after the last event that came; it ends when it is closed or
 * the server has ended.
 *
 * <pre>{@code
 * try (EventStream events = world.events()) {
 *     Event event = events.next(Duration.ofSeconds(5));
 *     if (event instanceof FiredEvent fired) System.out.println(fired.made());
 * }
 * }</pre>
 *
 * It is for one thread; {@link #close} may be called from any.
 */
public final class EventStream implements Iterator<Event>, AutoCloseable {
    /** So often a stream that broke off is opened again, at the distance that the server names. */
    private static final int REOPENINGS = 5;
    private static final Duration RETRY_UNTOLD = Duration.ofSeconds(1);

    private final Wire wire;
    private final String key;
    private final EventsFilter filter;
    private volatile Lines lines;
    private volatile boolean isClosed;
    private String lastId;
    private Duration retry = RETRY_UNTOLD;
    private int reopened;
    private Event next;

    EventStream(Wire wire, String key, EventsFilter filter) {
        this.wire = wire;
        this.key = key;
        this.filter = filter;
        connect(call().query(filter));
    }

    /** Waits for the next event, as long as it takes; false: the stream was closed, or the server has ended. */
    @Override
    public boolean hasNext() {
        if (next == null) next = read(null);
        return next != null;
    }

    /** Waits for the next event, as long as it takes. */
    @Override
    public Event next() {
        if (!hasNext()) throw new NoSuchElementException("the stream of events has ended");
        Event event = next;
        next = null;
        return event;
    }

    /** Waits for the next event, so long at most; throws a {@link SnapstandException} where none comes. */
    public Event next(Duration limit) {
        if (next == null) next = read(limit);
        return next();
    }

    /** The events that are still to come. */
    public Stream<Event> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(this::close);
    }

    /** The id of the last event that came, for {@link EventsFilter#after}; null: none came. */
    public String lastId() {
        return lastId;
    }

    /** Ends the stream, and who waits for its next event. */
    @Override
    public void close() {
        isClosed = true;
        lines.close();
    }

    private Call call() {
        return new Call("GET", "events").query("world", key).query("types", filter.members.get("types"))
                .accept("text/event-stream");
    }

    private Event read(Duration limit) {
        try {
            return readOpen(limit);
        } catch (UnreachableException | ControlRefusedException ended) {
            close();
            throw ended;
        }
    }

    private Event readOpen(Duration limit) {
        long until = limit == null ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
        StringBuilder data = new StringBuilder();
        while (!isClosed) {
            Object said = lines.take(until);
            if (said == null) {
                if (isClosed) break;
                throw new SnapstandException("no event came in " + limit);
            }
            if (said instanceof End end) {
                data.setLength(0);
                if (reopen(end.broken())) continue;
                close();
                break;
            }
            String line = (String) said;
            String value = line.substring(line.indexOf(':') + 1).replaceFirst("^ ", "");
            if (line.startsWith("id:")) lastId = value;
            else if (line.startsWith("data:")) data.append(value);
            else if (line.startsWith("retry:")) retry = retryOf(value);
            if (line.startsWith("data:") || line.equals(":")) reopened = 0;
            if (line.isEmpty() && data.length() > 0) return event(data.toString());
        }
        return null;
    }

    private static Duration retryOf(String value) {
        try {
            return Duration.ofMillis(Long.parseLong(value));
        } catch (NumberFormatException none) {
            return RETRY_UNTOLD;
        }
    }

    private static Event event(String data) {
        try {
            return (Event) Records.read(Event.class, Json.parse(data));
        } catch (IllegalArgumentException wrong) {
            throw new SnapstandException("an event cannot be read: " + wrong.getMessage(), wrong);
        }
    }

    /** Opens a stream again that ended; false: it is done. */
    private boolean reopen(Throwable broken) {
        // Where it ended as it should, the server has ended, most likely; another may have come in its place.
        int most = broken == null ? 1 : REOPENINGS;
        SnapstandException last = broken == null ? null : wire.failure(broken);
        while (!isClosed && reopened < most) {
            if (reopened++ > 0) pause();
            try {
                Call again = call();
                again.lastEventId = lastId;
                connect(again);
                return true;
            } catch (ControlRefusedException refused) {
                if (broken == null) return false;
                throw refused;
            } catch (UnreachableException unreachable) {
                if (broken != null) last = unreachable;
            }
        }
        if (!isClosed && last != null) throw last;
        return false;
    }

    private void pause() {
        try {
            Thread.sleep(retry.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SnapstandException("events were given up: their thread was interrupted", interrupted);
        }
    }

    /** Returns when the server has said that it tells them: what happens from then on is not missed. */
    private void connect(Call call) {
        Lines opened = new Lines();
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        BodyHandler<String> handler = info -> {
            if (info.statusCode() >= 300) {
                return BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), text -> {
                    throw ControlRefusedException.of(info.statusCode(), text, call.name());
                });
            }
            answered.complete(true);
            return BodySubscribers.fromLineSubscriber(opened, each -> "", StandardCharsets.UTF_8, null);
        };
        wire.client.sendAsync(wire.request(call), handler).whenComplete((answer, failed) -> {
            if (failed != null) answered.completeExceptionally(failed);
        });
        try {
            answered.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            opened.close();
            throw new SnapstandException(call.name() + " was given up: its thread was interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw wire.failure(failed.getCause());
        }
        lines = opened;
        if (isClosed) opened.close();
    }

    /** The end of a connection; null: it ended as it should. */
    private record End(Throwable broken) {}

    /** The lines of an answer: as many are asked for as are taken. */
    private static final class Lines implements Flow.Subscriber<String> {
        private static final int AHEAD = 256;

        private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            given.request(AHEAD);
        }

        @Override
        public void onNext(String line) {
            queue.add(line);
        }

        @Override
        public void onError(Throwable broken) {
            queue.add(new End(broken));
        }

        @Override
        public void onComplete() {
            queue.add(new End(null));
        }

        /** Null: nothing came until then, a time of {@link System#nanoTime}. */
        Object take(long until) {
            try {
                Object said = until == Long.MAX_VALUE ? queue.take() : queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (said instanceof String) subscription.join().request(1);
                return said;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new SnapstandException("events were given up: their thread was interrupted", interrupted);
            }
        }

        void close() {
            subscription.thenAccept(Flow.Subscription::cancel);
            queue.add(new End(null));
        }
    }
}
