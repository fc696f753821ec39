package io.github.snapstand;

/** Which resources are told. */
public final class ResourcesFilter extends Sent<ResourcesFilter> {
    @Override
    ResourcesFilter self() {
        return this;
    }

    /** Stands in the id or the name, in whatever case. */
    public ResourcesFilter text(String text) {
        return set("text", text);
    }

    /** So many are passed over. */
    public ResourcesFilter offset(int offset) {
        return set("offset", offset);
    }

    /** How many are listed; without, 100. */
    public ResourcesFilter limit(int limit) {
        return set("limit", limit);
    }
}
