package io.github.snapstand;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What server is started, and how: {@code StartOptions.none().flags("--clock", "manual")}.
 *
 * @param checkout A clone of Snapstand's repository that is installed and built; it goes before all that could be found.
 * @param image The image, where neither the npm package nor a checkout is there. It is never pulled.
 * @param flags Flags in the program's own words; {@code snapstand --help} names them all.
 * @param keys Keys with secrets of their own; other keys are their own secrets.
 * @param token What the control API is to want.
 */
public record StartOptions(Path checkout, String image, List<String> flags, List<Key> keys, String token) {
    /** With nothing of it. */
    public static StartOptions none() {
        return new StartOptions(null, null, List.of(), List.of(), null);
    }

    /** The same with a checkout. */
    public StartOptions checkout(Path checkout) {
        return new StartOptions(checkout, image, flags, keys, token);
    }

    /** The same with an image. */
    public StartOptions image(String image) {
        return new StartOptions(checkout, image, flags, keys, token);
    }

    /** The same with flags. */
    public StartOptions flags(String... flags) {
        return new StartOptions(checkout, image, List.of(flags), keys, token);
    }

    /** The same with keys. */
    public StartOptions keys(Key... keys) {
        return new StartOptions(checkout, image, flags, List.of(keys), token);
    }

    /** The same with a token. */
    public StartOptions token(String token) {
        return new StartOptions(checkout, image, flags, keys, token);
    }

    /** Secrets go by the environment: every user of a machine can read the flags of its processes. */
    Map<String, String> environment() {
        Map<String, String> set = new LinkedHashMap<>();
        if (!keys.isEmpty()) set.put("SNAPSTAND_KEY", keys.stream().map(StartOptions::words).collect(Collectors.joining(" ")));
        if (token != null) set.put("SNAPSTAND_CONTROL_TOKEN", token);
        return set;
    }

    private static String words(Key key) {
        return key.id() + ":" + key.secret() + (key.world() == null ? "" : ":" + key.world());
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "StartOptions[checkout=" + checkout + ", image=" + image + ", flags=" + flags + ", keys=" + keys + "]";
    }
}
