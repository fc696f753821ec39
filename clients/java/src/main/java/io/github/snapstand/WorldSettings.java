package io.github.snapstand;

import io.github.snapstand.answers.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings of a world. */
public final class WorldSettings extends Part {
    WorldSettings(Wire wire, String key) {
        super(wire, key);
    }

    /** Every setting. */
    public List<Setting> get() {
        return list(wire, call("GET", "settings"), Setting.class);
    }

    /** Changes one; null: back to the default. */
    public List<Setting> patch(String name, Object value) {
        Map<String, Object> change = new HashMap<>();
        change.put(name, value);
        return patch(change);
    }

    /** Changes some, all of them or, where one is refused, none; null: back to the default. */
    public List<Setting> patch(Map<String, ?> changes) {
        return list(wire, call("PATCH", "settings").json(changes), Setting.class);
    }
}
