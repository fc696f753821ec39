package io.github.snapstand;

/**
 * An access key that a server is started with, whose secret is not the key itself.
 *
 * @param id What clients call it.
 * @param secret What they sign with.
 * @param world The world that it names; null: the one that is called as the key is.
 */
public record Key(String id, String secret, String world) {
    /** A key of the world that is called as it is. */
    public Key(String id, String secret) {
        this(id, secret, null);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Key[id=" + id + ", world=" + world + "]";
    }
}
