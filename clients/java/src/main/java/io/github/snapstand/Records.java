package io.github.snapstand;

import io.github.snapstand.answers.Named;
import io.github.snapstand.answers.Variant;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes records of what JSON says. */
final class Records {
    private Records() {}

    /** Throws {@link IllegalArgumentException} where it is of another kind. Members that a record has not are passed over. */
    static Object read(Type type, Object said) {
        if (type instanceof ParameterizedType made) return readMany(made, said);
        Class<?> kind = (Class<?>) type;
        if (said == null) return kind.isPrimitive() ? nothing(kind) : null;
        if (kind == Object.class) return said;
        if (kind == Instant.class && said instanceof String text) return instant(text);
        if (said instanceof Number number && kind != String.class) {
            if (kind == int.class || kind == Integer.class) return Math.toIntExact(number.longValue());
            if (kind == long.class || kind == Long.class) return number.longValue();
            if (kind == double.class || kind == Double.class) return number.doubleValue();
        }
        if (kind == String.class && said instanceof String || kind == boolean.class && said instanceof Boolean) return said;
        if (kind == Boolean.class && said instanceof Boolean) return said;
        if (said instanceof Map<?, ?> members && kind.isSealed()) return make(variant(kind, members), members);
        if (said instanceof Map<?, ?> members && kind.isRecord()) return make(kind, members);
        throw new IllegalArgumentException("no " + kind.getSimpleName() + " is " + Json.write(said));
    }

    private static Object readMany(ParameterizedType type, Object said) {
        Type[] of = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            List<Object> items = new ArrayList<>();
            if (said instanceof List<?> list) list.forEach(item -> items.add(read(of[0], item)));
            else if (said != null) throw new IllegalArgumentException("no list is " + Json.write(said));
            return items;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        if (said instanceof Map<?, ?> map) map.forEach((name, value) -> members.put((String) name, read(of[1], value)));
        else if (said != null) throw new IllegalArgumentException("no map is " + Json.write(said));
        return members;
    }

    private static Object nothing(Class<?> kind) {
        if (kind == boolean.class) return false;
        if (kind == int.class) return 0;
        return kind == long.class ? (Object) 0L : (Object) 0.0;
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException none) {
            throw new IllegalArgumentException("no instant is " + text, none);
        }
    }

    private static Class<?> variant(Class<?> kind, Map<?, ?> members) {
        Class<?> other = null;
        for (Class<?> each : kind.getPermittedSubclasses()) {
            Variant variant = each.getAnnotation(Variant.class);
            if (variant.value().equals(members.get(variant.member()))) return each;
            if (variant.value().isEmpty()) other = each;
        }
        return other;
    }

    private static Object make(Class<?> kind, Map<?, ?> members) {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        Variant variant = kind.getAnnotation(Variant.class);
        boolean isOther = variant != null && variant.value().isEmpty();
        for (int n = 0; n < components.length; n++) {
            types[n] = components[n].getType();
            String name = nameOf(components[n]);
            Object said = isOther && name.equals("members") ? members : members.get(name);
            values[n] = read(components[n].getGenericType(), said);
        }
        try {
            Constructor<?> constructor = kind.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException wrong) {
            throw new IllegalStateException(kind.getName(), wrong);
        }
    }

    static String nameOf(RecordComponent component) {
        Named named = component.getAnnotation(Named.class);
        return named == null ? component.getName() : named.value();
    }

    static Object valueOf(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException wrong) {
            throw new IllegalStateException(component.toString(), wrong);
        }
    }
}
