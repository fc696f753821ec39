package io.github.snapstand;

import io.github.snapstand.answers.Agenda;
import io.github.snapstand.answers.Occurrences;
import io.github.snapstand.answers.ResetReport;
import io.github.snapstand.answers.Timeline;
import io.github.snapstand.answers.WorldSummary;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/**
 * One world of a server: its own resources in both clouds, clock, faults, journal, checkpoints and settings. It comes into
 * being with the first call that changes something in it. Threads may share it.
 */
public final class World extends Part implements AutoCloseable {
    private final Snapstand server;
    private final Credentials credentials;

    World(Snapstand server, Wire wire, String key, Credentials credentials) {
        super(wire, key);
        this.server = server;
        this.credentials = credentials;
    }

    /** Its name, and the access key of its own. */
    public String key() {
        return key;
    }

    /** Where it is. */
    public Snapstand server() {
        return server;
    }

    /** Those of a key that names the world, or of the key that is called as the world is, which is its own secret. */
    public Credentials credentials() {
        return credentials;
    }

    /** The calls about its clock. */
    public WorldClock clock() {
        return new WorldClock(wire, key);
    }

    /** The calls about its faults. */
    public WorldFaults faults() {
        return new WorldFaults(wire, key);
    }

    /** The calls about its journal. */
    public WorldRequests requests() {
        return new WorldRequests(wire, key);
    }

    /** The calls about its checkpoints. */
    public WorldCheckpoints checkpoints() {
        return new WorldCheckpoints(server, wire, key);
    }

    /** The calls about its settings. */
    public WorldSettings settings() {
        return new WorldSettings(wire, key);
    }

    /** The calls about all that it holds. */
    public WorldState state() {
        return new WorldState(wire, key);
    }

    /** The calls about what it has in a cloud. */
    public WorldResources resources() {
        return new WorldResources(wire, key);
    }

    /** The calls that move it to another server. */
    public WorldMove move() {
        return new WorldMove(wire, key);
    }

    /** What will happen next, in order: 20 events. */
    public Agenda agenda() {
        return wire.ask(call("GET", "agenda"), Agenda.class);
    }

    /** What will happen next, in order: so many events. */
    public Agenda agenda(int limit) {
        return wire.ask(call("GET", "agenda").query("limit", limit), Agenda.class);
    }

    /** What a policy did, with reasons, and what it will do. */
    public Occurrences occurrences(String provider, String policy) {
        return occurrences(provider, policy, new OccurrencesFilter());
    }

    /** The part of it that is asked for. */
    public Occurrences occurrences(String provider, String policy, OccurrencesFilter filter) {
        return wire.ask(call("GET", provider, "policies", policy, "occurrences").query(filter), Occurrences.class);
    }

    /** Disks and volumes through time: snapshots, until when they are kept, and what policies did and will do. */
    public Timeline timeline() {
        return timeline(new TimelineFilter());
    }

    /** The part of it that is asked for. */
    public Timeline timeline(TimelineFilter filter) {
        return wire.ask(call("GET", "timeline").query(filter), Timeline.class);
    }

    /** The content marker of a volume; empty where none was set. */
    public String content(String provider, String volume) {
        return wire.text(call("GET", provider, "volumes", volume, "content"));
    }

    /** Writes the content marker of a volume: a text of at most 64 KiB that snapshots capture and rollbacks bring back. */
    public void setContent(String provider, String volume, String text) {
        wire.tell(call("PUT", provider, "volumes", volume, "content").body(BodyPublishers.ofString(text), "text/plain"));
    }

    /** What happens from this call on. */
    public EventStream events() {
        return events(new EventsFilter());
    }

    /** What happens from this call on, or after {@link EventsFilter#after}. */
    public EventStream events(EventsFilter filter) {
        return new EventStream(wire, key, filter);
    }

    /** Back to its starter seed, its journal emptied. */
    public ResetReport reset() {
        return wire.ask(call("POST", "reset"), ResetReport.class);
    }

    /** Forgets it; false: it was not there. */
    public boolean delete() {
        return wire.takeAway(new Call("DELETE", "worlds", key));
    }

    /** Says whether {@code --max-worlds} passes it over. A world that is not there comes into being. */
    public WorldSummary keep(boolean keep) {
        return wire.ask(new Call("PUT", "worlds", key).json(Map.of("keep", keep)), WorldSummary.class);
    }

    /** Forgets it. */
    @Override
    public void close() {
        delete();
    }

    @Override
    public String toString() {
        return "world " + key + " at " + server.url();
    }
}
