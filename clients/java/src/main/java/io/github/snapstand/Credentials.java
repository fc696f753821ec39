package io.github.snapstand;

import java.net.URI;
import java.util.List;

/**
 * What the clients of both clouds want to be told, each in its own words.
 *
 * @param zenlayer For {@code com.zenlayer:zenlayercloud-sdk-java}.
 * @param baidu For {@code com.baidubce:bce-java-sdk}.
 */
public record Credentials(Zenlayer zenlayer, Baidu baidu) {
    static Credentials of(URI url, String world, List<Key> keys) {
        Key key = new Key(world, world);
        for (Key each : keys) {
            if (world.equals(each.world() == null ? each.id() : each.world())) key = each;
        }
        String origin = url.getScheme() + "://" + url.getRawAuthority();
        return new Credentials(
                new Zenlayer(url.getScheme(), url.getRawAuthority(), origin + "/api/v2/zec", key.id(), key.secret()),
                new Baidu(origin, key.id(), key.secret()));
    }

    /**
     * What {@code com.zenlayer:zenlayercloud-sdk-java} is configured with:
     *
     * <pre>{@code
     * Credentials.Zenlayer cloud = world.credentials().zenlayer();
     * config.setProtocol(cloud.protocol());
     * config.setEndpoint(cloud.endpoint());
     * }</pre>
     *
     * and with the key and its password.
     *
     * @param protocol {@code http} or {@code https}.
     * @param endpoint Without it: {@code 127.0.0.1:7420}.
     * @param url Where actions are posted to, for who signs himself.
     * @param accessKeyId The key.
     * @param accessKeyPassword Its secret.
     */
    public record Zenlayer(String protocol, String endpoint, String url, String accessKeyId, String accessKeyPassword) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Zenlayer[url=" + url + ", accessKeyId=" + accessKeyId + "]";
        }
    }

    /**
     * What {@code com.baidubce:bce-java-sdk} is configured with:
     *
     * <pre>{@code
     * Credentials.Baidu cloud = world.credentials().baidu();
     * BccClientConfiguration config = new BccClientConfiguration();
     * config.setEndpoint(cloud.endpoint());
     * config.setCredentials(new DefaultBceCredentials(cloud.accessKeyId(), cloud.secretAccessKey()));
     * }</pre>
     *
     * @param endpoint With its protocol: {@code http://127.0.0.1:7420}.
     * @param accessKeyId The key.
     * @param secretAccessKey Its secret.
     */
    public record Baidu(String endpoint, String accessKeyId, String secretAccessKey) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Baidu[endpoint=" + endpoint + ", accessKeyId=" + accessKeyId + "]";
        }
    }
}
