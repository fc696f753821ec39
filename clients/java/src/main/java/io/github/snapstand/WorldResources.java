package io.github.snapstand;

import io.github.snapstand.answers.ResourceDetail;
import io.github.snapstand.answers.Resources;

/** What a world has in a cloud, as the cloud's own lists show it. */
public final class WorldResources extends Part {
    WorldResources(Wire wire, String key) {
        super(wire, key);
    }

    /** The newest first; the kind is {@code volumes}, {@code snapshots}, {@code policies} or {@code instances}. */
    public Resources list(String provider, String kind) {
        return list(provider, kind, new ResourcesFilter());
    }

    /** Those that are asked for, the newest first. */
    public Resources list(String provider, String kind, ResourcesFilter filter) {
        return wire.ask(call("GET", "resources", provider, kind).query(filter), Resources.class);
    }

    /** One, with its content marker, what it was made from and what it made. */
    public ResourceDetail get(String provider, String kind, String id) {
        return wire.ask(call("GET", "resources", provider, kind, id), ResourceDetail.class);
    }
}
