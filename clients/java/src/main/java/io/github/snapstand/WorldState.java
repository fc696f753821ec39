package io.github.snapstand;

import io.github.snapstand.answers.ImportReport;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;

/** All that a world holds. */
public final class WorldState extends Part {
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";

    WorldState(Wire wire, String key) {
        super(wire, key);
    }

    /** All that the world holds, as JSON: a seed with every row as it is. */
    public String export() {
        return wire.text(call("GET", "state").accept(JSON));
    }

    /** The same as YAML. */
    public String exportYaml() {
        return wire.text(call("GET", "state").accept(YAML));
    }

    /** The export as it comes, in JSON, for worlds that no memory should hold; it must be closed. */
    public InputStream open() {
        return wire.open(call("GET", "state").accept(JSON));
    }

    /** Puts a seed or an export, JSON or YAML, in place of all that the world holds. */
    public ImportReport importText(String state) {
        return importFrom(BodyPublishers.ofString(state), isJson(state), null);
    }

    /** Puts the file of a seed or an export, JSON or YAML, in place of all that the world holds. */
    public ImportReport importFile(Path file) {
        return importFile(file, null);
    }

    /** The same of a world that is to come by a move: nobody else can put one in its place. */
    public ImportReport importFile(Path file, String move) {
        try {
            // JSON is YAML, too, and is read faster as what it is.
            return importFrom(BodyPublishers.ofFile(file), file.toString().endsWith(".json"), move);
        } catch (FileNotFoundException missing) {
            throw new IllegalArgumentException("there is no state to import in " + file.toAbsolutePath(), missing);
        }
    }

    /** Puts an export in JSON that is read as it comes in place of all that the world holds; a move as in {@link #importFile}. */
    public ImportReport importStream(InputStream state, String move) {
        return importFrom(BodyPublishers.ofInputStream(() -> state), true, move);
    }

    private ImportReport importFrom(BodyPublisher state, boolean isJson, String move) {
        return wire.ask(call("PUT", "state").query("move", move).body(state, isJson ? JSON : YAML), ImportReport.class);
    }

    private static boolean isJson(String state) {
        return state.stripLeading().startsWith("{");
    }
}
