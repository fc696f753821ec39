package io.github.snapstand;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;

/** What every call about one world has in common. */
abstract class Part {
    final Wire wire;
    final String key;

    Part(Wire wire, String key) {
        this.wire = wire;
        this.key = key;
    }

    Call call(String method, String... path) {
        return new Call(method, path).query("world", key);
    }

    @SuppressWarnings("unchecked")
    static <T> List<T> list(Wire wire, Call call, Class<T> of) {
        return (List<T>) wire.read(call, new ListOf(of));
    }

    private record ListOf(Class<?> of) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {of};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public Type getOwnerType() {
            return null;
        }
    }
}
