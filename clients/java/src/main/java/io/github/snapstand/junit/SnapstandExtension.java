package io.github.snapstand.junit;

import io.github.snapstand.ClockMode;
import io.github.snapstand.Refusals;
import io.github.snapstand.SnapstandException;
import io.github.snapstand.StartOptions;
import io.github.snapstand.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link Snapstand} does; {@code @RegisterExtension} and automatic registration can have it as well. */
public final class SnapstandExtension implements ParameterResolver, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SnapstandExtension.class);

    /** Public, for JUnit makes it. */
    public SnapstandExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == World.class || type == io.github.snapstand.Snapstand.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == io.github.snapstand.Snapstand.class) return server(context);
        return store(context).getOrComputeIfAbsent(context.getUniqueId(), id -> new Own(context), Own.class).world;
    }

    /** Tells why calls were refused, where a test that has a world of its own failed. */
    @Override
    public void afterEach(ExtensionContext context) {
        Own own = store(context).get(context.getUniqueId(), Own.class);
        if (own == null || context.getExecutionException().isEmpty()) return;
        String refusals;
        try {
            refusals = Refusals.of(own.world, own.began);
        } catch (SnapstandException wrong) {
            refusals = "the refused calls of " + own.world.key() + " are not to be had: " + wrong.getMessage();
        }
        if (refusals.isEmpty()) return;
        context.publishReportEntry("snapstand", refusals);
        System.err.println("snapstand: " + context.getDisplayName() + " failed, and " + refusals);
    }

    /** Of the context alone: a test has not the world of its class. */
    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /** What the annotations say, the nearest first. */
    private static List<Snapstand> said(ExtensionContext context) {
        List<Snapstand> said = new ArrayList<>();
        context.getTestMethod().flatMap(method -> AnnotationSupport.findAnnotation(method, Snapstand.class)).ifPresent(said::add);
        for (Class<?> each = context.getTestClass().orElse(null); each != null; each = each.getEnclosingClass()) {
            AnnotationSupport.findAnnotation(each, Snapstand.class).ifPresent(said::add);
        }
        return said;
    }

    private static Optional<String> nearest(List<Snapstand> said, Function<Snapstand, String> member) {
        return said.stream().map(member).filter(text -> !text.isEmpty()).findFirst();
    }

    private static io.github.snapstand.Snapstand server(ExtensionContext context) {
        String[] flags = said(context).stream().map(Snapstand::flags).filter(each -> each.length > 0).findFirst()
                .orElse(new String[0]);
        return io.github.snapstand.Snapstand.start(StartOptions.none().flags(flags));
    }

    /** The world of one test, which ends with it. */
    private static final class Own implements ExtensionContext.Store.CloseableResource {
        final World world;
        // The server tells whole milliseconds.
        final Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        Own(ExtensionContext context) {
            String name = context.getTestClass().map(Class::getSimpleName).orElse("")
                    + context.getTestMethod().map(method -> "-" + method.getName()).orElse("");
            world = server(context).newWorld(name);
            begin(said(context), context);
        }

        private void begin(List<Snapstand> said, ExtensionContext context) {
            nearest(said, Snapstand::seed).ifPresent(seed -> plant(seed, context));
            Map<String, Object> settings = new LinkedHashMap<>();
            for (int n = said.size() - 1; n >= 0; n--) {
                for (String each : said.get(n).settings()) setting(each, settings);
            }
            if (!settings.isEmpty()) world.settings().patch(settings);
            nearest(said, Snapstand::clock).ifPresent(this::put);
        }

        private void plant(String seed, ExtensionContext context) {
            Class<?> test = context.getRequiredTestClass();
            try (InputStream beside = test.getResourceAsStream(seed)) {
                if (beside != null) world.state().importText(new String(beside.readAllBytes(), StandardCharsets.UTF_8));
                else if (Files.exists(Path.of(seed))) world.state().importFile(Path.of(seed));
                else throw wrong("seed", seed, "there is none beside " + test.getName() + ", and no such file");
            } catch (IOException broken) {
                throw wrong("seed", seed, "it cannot be read: " + broken.getMessage());
            }
        }

        private void setting(String said, Map<String, Object> settings) {
            int sign = said.indexOf('=');
            if (sign < 1) throw wrong("settings", said, "it takes a name and a value, such as zenlayer.snapshotQuota=2");
            String value = said.substring(sign + 1);
            settings.put(said.substring(0, sign), valueOf(value));
        }

        private static Object valueOf(String text) {
            if (text.equals("true") || text.equals("false")) return Boolean.valueOf(text);
            if (text.matches("-?\\d{1,18}")) return Long.valueOf(text);
            if (text.matches("-?\\d+\\.\\d+")) return Double.valueOf(text);
            return text;
        }

        private void put(String clock) {
            if (clock.equals("manual")) {
                world.clock().set(ClockMode.MANUAL);
            } else if (clock.equals("system")) {
                world.clock().set(ClockMode.SYSTEM);
            } else {
                try {
                    world.clock().set(ClockMode.MANUAL, OffsetDateTime.parse(clock).toInstant());
                } catch (DateTimeException none) {
                    throw wrong("clock", clock, "it takes manual, system, or an instant such as 2026-01-05T08:00:00Z");
                }
            }
        }

        private static ExtensionConfigurationException wrong(String member, String value, String why) {
            return new ExtensionConfigurationException("@Snapstand(" + member + " = \"" + value + "\"): " + why);
        }

        /** A test does not fail for it: what it left behind is in nobody's way. */
        @Override
        public void close() {
            try {
                world.delete();
            } catch (SnapstandException wrong) {
                System.err.println("snapstand: the " + world + " was not dropped: " + wrong.getMessage());
            }
        }
    }
}
