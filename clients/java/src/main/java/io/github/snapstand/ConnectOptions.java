package io.github.snapstand;

import java.nio.file.Path;
import java.util.List;

/**
 * How a server is reached: {@code ConnectOptions.none().token("…").caFile(Path.of("snapstand.pem"))}.
 *
 * @param token What {@code --control-token} says, where it says something.
 * @param caFile A file with certificates in PEM that are trusted in place of the machine's: the one that the server printed.
 * @param shard Which of several servers this is: {@code snapstand-0}. One with {@code --shard} answers only who means it.
 * @param keys Keys that the server was started with, so that {@link World#credentials} tell their secrets.
 */
public record ConnectOptions(String token, Path caFile, String shard, List<Key> keys) {
    /** With nothing of it. */
    public static ConnectOptions none() {
        return new ConnectOptions(null, null, null, List.of());
    }

    /** The same with a token. */
    public ConnectOptions token(String token) {
        return new ConnectOptions(token, caFile, shard, keys);
    }

    /** The same with a file of certificates. */
    public ConnectOptions caFile(Path caFile) {
        return new ConnectOptions(token, caFile, shard, keys);
    }

    /** The same with a shard. */
    public ConnectOptions shard(String shard) {
        return new ConnectOptions(token, caFile, shard, keys);
    }

    /** The same with keys. */
    public ConnectOptions keys(Key... keys) {
        return new ConnectOptions(token, caFile, shard, List.of(keys));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ConnectOptions[caFile=" + caFile + ", shard=" + shard + ", keys=" + keys + "]";
    }
}
