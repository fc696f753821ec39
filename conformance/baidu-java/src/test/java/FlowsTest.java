import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.baidubce.BceServiceException;
import com.baidubce.auth.DefaultBceCredentials;
import com.baidubce.http.DefaultRetryPolicy;
import com.baidubce.model.AbstractBceRequest;
import com.baidubce.services.bcc.BccClient;
import com.baidubce.services.bcc.BccClientConfiguration;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.sun.net.httpserver.HttpServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classic Baidu Java SDK against Snapstand: six flows, each with an access key of its own. */
class FlowsTest {
    private static final String ZONE = "cn-bj-a";
    private static final String NEVER = "1971-01-01T00:00:01Z";
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final Map<String, Object> POSTPAID = Flow.m("paymentTiming", "Postpaid");
    private static final List<Object> TAGS =
            List.of(Flow.m("tagKey", "env", "tagValue", "prod"), Flow.m("tagKey", "键", "tagValue", "ü"));
    private static final ObjectMapper MODELS = models();

    private static ObjectMapper models() {
        var format = new java.text.SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return new ObjectMapper().setDateFormat(format).configure(SerializationFeature.FAIL_ON_EMPTY_BEANS, false);
    }

    /** Calls of one key by name; the answer is what the typed model holds, member by member. */
    private static final class Api {
        private final BccClient client;

        Api(String key, String password, String proxyHost, int proxyPort) {
            BccClientConfiguration config = new BccClientConfiguration();
            config.setCredentials(new DefaultBceCredentials(key, password));
            config.setEndpoint(Flow.URL);
            if (proxyHost != null) {
                config.setProxyHost(proxyHost);
                config.setProxyPort(proxyPort);
                config.setRetryPolicy(new DefaultRetryPolicy(0, 0));
            }
            client = new BccClient(config);
        }

        Api(String key) {
            this(key, Flow.secret(key), null, 0);
        }

        /** Fills a request by its setters. A member that has none is a mistake of this program. */
        private static Object filled(Class<?> type, Map<String, Object> members) throws ReflectiveOperationException {
            Object request = type.getDeclaredConstructor().newInstance();
            for (var member : members.entrySet()) {
                String setter = "set" + member.getKey().substring(0, 1).toUpperCase() + member.getKey().substring(1);
                Method method = Stream.of(type.getMethods()).filter(each -> each.getName().equals(setter)).findFirst()
                        .orElseThrow(() -> new AssertionError(type + " has no " + setter));
                var wanted = MODELS.getTypeFactory().constructType(method.getGenericParameterTypes()[0]);
                method.invoke(request, (Object) MODELS.convertValue(member.getValue(), wanted));
            }
            return request;
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> call(String operation, Map<String, Object> members) {
            try {
                for (Method method : BccClient.class.getMethods()) {
                    Class<?>[] takes = method.getParameterTypes();
                    if (!method.getName().equals(operation) || takes.length != (members == null ? 0 : 1)) continue;
                    if (takes.length == 1 && (!AbstractBceRequest.class.isAssignableFrom(takes[0]))) continue;
                    Object answer = members == null ? method.invoke(client) : method.invoke(client, filled(takes[0], members));
                    return answer == null ? null : MODELS.convertValue(answer, Map.class);
                }
                throw new AssertionError("the SDK has no " + operation);
            } catch (InvocationTargetException thrown) {
                if (thrown.getCause() instanceof RuntimeException refused) throw refused;
                throw new AssertionError(thrown.getCause());
            } catch (ReflectiveOperationException thrown) {
                throw new AssertionError(thrown);
            }
        }
    }

    /** A flow with the ways that several of them need. */
    private static final class World {
        final Flow flow;
        final Api api;

        World(Flow flow) {
            this.flow = flow;
            this.api = new Api(flow.key);
        }

        Map<String, Object> call(String operation, Object... members) {
            return api.call(operation, Flow.m(members));
        }

        String volume(Object... more) {
            return create(api, more);
        }

        static String create(Api api, Object... more) {
            var made = api.call("createVolume", Flow.with(Flow.m("cdsSizeInGB", 20, "zoneName", ZONE, "billing", POSTPAID, "purchaseCount", 1), more));
            return (String) ((List<?>) made.get("volumeIds")).get(0);
        }

        Map<String, Object> see(String volume) {
            return map(call("getVolume", "volumeId", volume).get("volume"));
        }

        Object status(String volume) {
            return see(volume).get("status");
        }

        void ready(String... volumes) throws Exception {
            for (String volume : volumes) flow.waitFor(() -> status(volume), "Available");
        }

        void attach(String volume, String instance) throws Exception {
            call("attachVolume", "volumeId", volume, "instanceId", instance);
            flow.waitFor(() -> status(volume), "InUse");
        }

        String snapshot(String volume, String name, Object... more) {
            return (String) api.call("createSnapshot", Flow.with(Flow.m("volumeId", volume, "snapshotName", name), more)).get("snapshotId");
        }

        Map<String, Object> shot(String snapshot) {
            return map(call("getSnapshot", "snapshotId", snapshot).get("snapshot"));
        }

        List<Map<String, Object>> list(String operation, String member, Object... filters) {
            return maps(call(operation, filters).get(member));
        }

        Map<String, Object> policy(String id) {
            return map(call("getAsp", "aspId", id).get("autoSnapshotPolicy"));
        }

        /** The system volume of the zone's instance: the way to both is the list of volumes. */
        Map<String, Object> boot() {
            return list("listVolumes", "volumes").stream()
                    .filter(each -> "System".equals(each.get("type")) && ZONE.equals(each.get("zoneName")) && !maps(each.get("attachments")).isEmpty())
                    .findFirst().orElseThrow();
        }

        String instance() {
            return (String) maps(boot().get("attachments")).get(0).get("instanceId");
        }

        String otherZone() {
            return maps(api.call("listZones", null).get("zones")).stream()
                    .map(each -> (String) each.get("zoneName")).filter(name -> name.endsWith("e")).findFirst().orElseThrow();
        }

        void refused(int status, String code, Runnable act) {
            BceServiceException refusal = assertThrows(BceServiceException.class, act::run);
            assertEquals(List.of(status, code), List.of(refusal.getStatusCode(), refusal.getErrorCode()));
            Flow.same(refusal.getRequestId(), UUID);
            assertFalse(refusal.getErrorMessage().isBlank());
        }

        /** Every page, as the client's users follow the markers. */
        List<List<Object>> pages(String operation, String member) {
            List<List<Object>> found = new ArrayList<>();
            Map<String, Object> page = call(operation, "maxKeys", 2);
            while (true) {
                found.add(maps(page.get(member)).stream().map(each -> each.get("id")).collect(Collectors.toList()));
                assertTrue(found.size() < 50);
                if (!truncated(page)) {
                    Flow.same(page.get("nextMarker"), Flow.BLANK);
                    return found;
                }
                page = call(operation, "maxKeys", 2, "marker", page.get("nextMarker"));
            }
        }
    }

    /** Jackson writes the getter isTruncated as truncated. */
    private static boolean truncated(Map<String, Object> page) {
        return (Boolean) page.getOrDefault("truncated", page.get("isTruncated"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }

    private static Set<Object> values(List<Map<String, Object>> objects, String member) {
        return objects.stream().map(each -> each.get(member)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Object> some(Map<String, Object> object, String... members) {
        List<Object> picked = new ArrayList<>();
        for (String member : members) picked.add(object.get(member));
        return picked;
    }

    @Test
    void flow1VolumeLife() throws Exception {
        Flow.run(1, flow -> {
            World w = new World(flow);
            String[] v = new String[3];
            flow.step("create two alike, one in the other zone", () -> {
                var pair = w.call("createVolume", "name", "pair", "cdsSizeInGB", 50, "zoneName", ZONE, "storageType", "cloud_hp1",
                        "purchaseCount", 2, "billing", POSTPAID, "tags", TAGS);
                List<?> made = (List<?>) pair.get("volumeIds");
                assertEquals(2, made.size());
                v[0] = (String) made.get(0);
                v[1] = (String) made.get(1);
                v[2] = w.volume("name", "third", "zoneName", w.otherZone());
                w.ready(v);
            });
            String boot = (String) w.boot().get("id");
            String instance = w.instance();
            flow.step("attach", () -> {
                w.attach(v[1], instance);
                assertEquals(Set.of(instance), values(maps(w.see(v[1]).get("attachments")), "instanceId"));
            });
            Set<Object> mine = Set.of(v[0], v[1], v[2], boot);
            Map<Map<String, Object>, Set<Object>> filters = Map.of(
                    Flow.m(), mine,
                    Flow.m("instanceId", instance), Set.of(v[1], boot),
                    Flow.m("instanceId", "i-nowhere0"), Set.of(),
                    Flow.m("zoneName", w.otherZone()), Set.of(v[2]),
                    Flow.m("zoneName", ZONE), Set.of(v[0], v[1], boot));
            for (var row : filters.entrySet()) {
                flow.check("list by " + row.getKey() + ": " + row.getValue().size(), () -> {
                    var found = values(maps(w.api.call("listVolumes", row.getKey()).get("volumes")), "id");
                    found.retainAll(mine);
                    assertEquals(row.getValue(), found);
                });
            }
            flow.step("list page by page", () -> {
                var found = new ArrayList<>();
                w.pages("listVolumes", "volumes").forEach(found::addAll);
                assertEquals(values(w.list("listVolumes", "volumes"), "id"), new TreeSet<>(found));
            });
            flow.step("resize while in use", () -> {
                w.call("resizeVolume", "volumeId", v[1], "newCdsSizeInGB", 60, "newVolumeType", "cloud_hp1");
                flow.waitFor(() -> w.status(v[1]), "InUse");
                assertEquals(60, w.see(v[1]).get("diskSizeInGB"));
            });
            flow.step("rename, modify", () -> {
                w.call("renameVolume", "volumeId", v[0], "name", "renamed 中");
                assertEquals("renamed 中", w.see(v[0]).get("name"));
                w.call("modifyCdsAttribute", "cdsId", v[0], "cdsName", "modified", "desc", "说明");
                assertEquals(List.of("modified", "说明"), some(w.see(v[0]), "name", "desc"));
            });
            flow.step("detach", () -> {
                w.call("detachVolume", "volumeId", v[1], "instanceId", instance);
                w.ready(v[1]);
                assertEquals(List.of(), maps(w.see(v[1]).get("attachments")));
            });
            flow.step("release", () -> {
                w.call("releaseVolume", "volumeId", v[0]);
                w.call("releaseVolume", "volumeId", v[1], "autoSnapshot", "on", "manualSnapshot", "on");
                w.call("releaseVolume", "volumeId", v[2], "recycle", "off");
                for (String volume : v) w.refused(404, "NoSuchObject", () -> w.see(volume));
            });
        });
    }

    @Test
    void flow2Snapshots() throws Exception {
        Flow.run(2, flow -> {
            World w = new World(flow);
            List<String> shots = new ArrayList<>();
            String[] v = new String[2];
            flow.step("create, and wait while it takes time", () -> {
                flow.setting("delays.baidu.snapshotCreateMs", 5000);
                v[0] = w.volume("name", "source");
                v[1] = w.volume("name", "other");
                w.ready(v);
                flow.write(v[0], "first");
                String first = w.snapshot(v[0], "shot-1", "desc", "第一");
                assertEquals("Creating", w.shot(first).get("status"));
                flow.waitFor(() -> w.shot(first).get("status"), "Available");
                shots.add(first);
                flow.setting("delays.baidu.snapshotCreateMs", null);
            });
            flow.step("create more", () -> {
                flow.write(v[0], "second");
                for (int n = 2; n <= 5; n++) shots.add(w.snapshot(v[0], "shot-" + n));
                String last = shots.get(4);
                flow.waitFor(() -> w.shot(last).get("status"), "Available");
            });
            String foreign = w.snapshot(v[1], "foreign");
            flow.step("list by volume and page by page", () -> {
                assertEquals(new TreeSet<Object>(shots), values(w.list("listSnapshots", "snapshots", "volumeId", v[0]), "id"));
                assertEquals(Set.of(), values(w.list("listSnapshots", "snapshots", "volumeId", "v-nowhere0"), "id"));
                var pages = w.pages("listSnapshots", "snapshots");
                var found = new ArrayList<>();
                pages.forEach(found::addAll);
                assertEquals(List.of(3, 6), List.of(pages.size(), new TreeSet<>(found).size()));
                assertEquals(shots.get(0), found.get(0));
                assertTrue(found.contains(foreign));
            });
            flow.step("chain", () -> {
                var chain = w.list("listSnapchain", "snapchains", "volumeId", v[0]).get(0);
                assertEquals(List.of(5, 0, "100"), some(chain, "manualSnapCount", "autoSnapCount", "chainSize"));
            });
            flow.step("roll back", () -> {
                w.call("rollbackVolume", "volumeId", v[0], "snapshotId", shots.get(0));
                w.ready(v[0]);
                assertEquals("first", flow.content(v[0]));
            });
            flow.step("new volume from it", () -> {
                String copy = w.volume("name", "copy", "snapshotId", shots.get(1), "cdsSizeInGB", 25);
                w.ready(copy);
                assertEquals("second", flow.content(copy));
                assertEquals(List.of(shots.get(1), 25), some(w.see(copy), "sourceSnapshotId", "diskSizeInGB"));
            });
            // The answers' models have no getters: that these calls are accepted is all that the SDK's user can see.
            flow.step("share", () -> {
                w.call("createSnapshotShare", "snapshotId", shots.get(2), "accountIds", List.of("account-1"));
                w.call("listSnapshotShare");
                w.call("cancelSnapshotShare", "sourceSnapshotId", shots.get(2), "accountIds", List.of("account-1"));
                w.refused(400, "BadRequest", () -> w.call("createSnapshotShare", "snapshotId", w.snapshot("v-Sealed01", "sealed"), "accountIds", List.of("account-1")));
            });
            flow.step("delete", () -> {
                for (String shot : shots.subList(0, 2)) {
                    w.call("deleteSnapshot", "snapshotId", shot);
                    w.refused(404, "NoSuchObject", () -> w.shot(shot));
                }
                assertEquals(3, w.list("listSnapshots", "snapshots", "volumeId", v[0]).size());
            });
        });
    }

    @Test
    void flow3Policies() throws Exception {
        Flow.run(3, flow -> {
            World w = new World(flow);
            String[] p = new String[2];
            String volume = w.volume("name", "guarded");
            flow.step("create", () -> {
                w.ready(volume);
                w.attach(volume, w.instance());
                p[0] = (String) w.call("createAsp", "name", "daily", "timePoints", List.of(20, 9, 20),
                        "repeatWeekdays", List.of(6, 0, 1, 2, 3, 4, 5), "retentionDays", "1").get("aspId");
                p[1] = (String) w.call("createAsp", "name", "other", "timePoints", List.of(0), "repeatWeekdays", List.of(0), "retentionDays", "-1").get("aspId");
                assertEquals(List.of(List.of(9, 20), List.of(0, 1, 2, 3, 4, 5, 6)), some(w.policy(p[0]), "timePoints", "repeatWeekdays"));
            });
            flow.step("attach", () -> {
                w.call("attachAsp", "aspId", p[0], "volumeIds", List.of(volume));
                assertEquals(1, w.policy(p[0]).get("volumeCount"));
                assertEquals(p[0], map(w.see(volume).get("autoSnapshotPolicy")).get("id"));
            });
            Map<Map<String, Object>, Set<Object>> filters = Map.of(
                    Flow.m(), Set.of(p[0], p[1]),
                    Flow.m("aspName", "ail"), Set.of(p[0]),
                    Flow.m("aspName", "nothing"), Set.of(),
                    Flow.m("volumeName", "guarded"), Set.of(p[0]),
                    Flow.m("marker", p[1]), Set.of(p[1]));
            for (var row : filters.entrySet()) {
                flow.check("list by " + row.getKey() + ": " + row.getValue().size(), () ->
                        assertEquals(row.getValue(), values(maps(w.api.call("listAsps", row.getKey()).get("autoSnapshotPolicys")), "id")));
            }
            flow.step("modify", () -> {
                w.call("updateAsp", "aspId", p[1], "name", "weekly", "timePoints", List.of("3", "2"), "repeatWeekdays", List.of("5"), "retentionDays", "9");
                w.call("updateAsp", "aspId", p[1], "name", "every week");
                assertEquals(List.of("every week", List.of(2, 3), List.of(5), "9"), some(w.policy(p[1]), "name", "timePoints", "repeatWeekdays", "retentionDays"));
            });
            flow.step("a day passes: automatic snapshots", () -> {
                // Hours are UTC+8: from Monday 16:00 to Tuesday 16:00 there.
                flow.advance("P1D");
                var made = w.list("listSnapshots", "snapshots", "volumeId", volume);
                assertEquals(Set.of("2026-01-05T12:00:00Z", "2026-01-06T01:00:00Z"), values(made, "createTime"));
                assertEquals(Set.of("2026-01-06T12:00:00Z", "2026-01-07T01:00:00Z"), values(made, "expireTime"));
                assertEquals(Set.of("auto"), values(made, "createMethod"));
                assertEquals("2026-01-06T01:00:00Z", w.policy(p[0]).get("lastExecuteTime"));
            });
            flow.step("two more: they expire", () -> {
                flow.advance("P2D");
                assertEquals(Set.of("2026-01-07T12:00:00Z", "2026-01-08T01:00:00Z"),
                        values(w.list("listSnapshots", "snapshots", "volumeId", volume), "createTime"));
            });
            flow.step("detach: none any more", () -> {
                w.call("detachAsp", "aspId", p[0], "volumeIds", List.of(volume));
                assertEquals(0, w.policy(p[0]).get("volumeCount"));
                assertEquals(null, w.see(volume).get("autoSnapshotPolicy"));
                flow.advance("P2D");
                assertEquals(List.of(), w.list("listSnapshots", "snapshots", "volumeId", volume));
            });
            flow.step("delete", () -> {
                for (String policy : p) {
                    w.call("deleteAsp", "aspId", policy);
                    w.refused(404, "NoSuchObject", () -> w.policy(policy));
                }
                assertEquals(List.of(), w.list("listAsps", "autoSnapshotPolicys"));
            });
        });
    }

    /** Stands between the SDK and Snapstand and turns back the Date of every request, which the SDK does not sign. */
    private static HttpServer late() throws Exception {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(31));
        proxy.createContext("/", exchange -> {
            var request = HttpRequest.newBuilder(URI.create(Flow.URL + exchange.getRequestURI().getPath())).GET().header("Date", date);
            for (String name : List.of("Authorization", "Content-Type")) request.header(name, exchange.getRequestHeaders().getFirst(name));
            try {
                var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (InterruptedException thrown) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
        proxy.start();
        return proxy;
    }

    private record Row(int status, String code, String operation, Map<String, Object> members) {}

    @Test
    void flow4Refusals() throws Exception {
        Flow.run(4, flow -> {
            World w = new World(flow);
            flow.check("wrong secret", () -> w.refused(400, "SignatureDoesNotMatch", () -> new Api(flow.key, "wrong", null, 0).call("listAsps", Flow.m())));
            flow.check("unknown key", () -> w.refused(403, "InvalidAccessKeyId", () -> new Api("nobody").call("listAsps", Flow.m())));
            flow.check("expired timestamp", () -> {
                HttpServer proxy = late();
                try {
                    Api api = new Api(flow.key, Flow.secret(flow.key), "127.0.0.1", proxy.getAddress().getPort());
                    w.refused(400, "RequestExpired", () -> api.call("listAsps", Flow.m()));
                } finally {
                    proxy.stop(0);
                }
            });
            String[] v = new String[4];
            Map<String, Object> asp = Flow.m("name", "asp", "timePoints", List.of(1), "repeatWeekdays", List.of(1), "retentionDays", "1");
            flow.step("prepare", () -> {
                v[0] = w.volume("name", "volume", "cdsSizeInGB", 50);
                v[1] = w.volume("name", "used");
                v[2] = w.volume("name", "spare");
                v[3] = w.volume("name", "far", "zoneName", w.otherZone());
                w.ready(v);
                w.attach(v[1], w.instance());
                w.call("modifyVolumeDeleteProtection", "volumeIds", List.of(v[2]), "enableDeleteProtection", true);
            });
            String instance = w.instance();
            String boot = (String) w.boot().get("id");
            String shot = w.snapshot(v[0], "shot");
            String foreign = w.snapshot(v[2], "shot");
            String ofUsed = w.snapshot(v[1], "shot");
            String policy = (String) w.api.call("createAsp", asp).get("aspId");
            Map<String, Object> fresh = Flow.m("name", "new", "zoneName", ZONE, "billing", POSTPAID, "purchaseCount", 1, "cdsSizeInGB", 20);
            for (Row row : List.of(
                    new Row(400, "Asp.NameInvalid", "createAsp", Flow.with(asp, "name", "1st")),
                    new Row(400, "Asp.RetentionDaysInvalid", "createAsp", Flow.with(asp, "retentionDays", "0")),
                    new Row(400, "Asp.TimePointsInvalid", "createAsp", Flow.with(asp, "timePoints", List.of(24))),
                    new Row(400, "Asp.RepeatWeekdaysInvalid", "createAsp", Flow.with(asp, "repeatWeekdays", List.of(7))),
                    new Row(404, "NoSuchObject", "updateAsp", Flow.m("aspId", "asp-nowhere0", "name", "x")),
                    new Row(400, "Asp.RetentionDaysInvalid", "updateAsp", Flow.m("aspId", policy, "name", "asp", "timePoints", List.of("1"), "repeatWeekdays", List.of("1"), "retentionDays", "x")),
                    new Row(404, "NoSuchObject", "deleteAsp", Flow.m("aspId", "asp-nowhere0")),
                    new Row(404, "NoSuchObject", "attachAsp", Flow.m("aspId", "asp-nowhere0", "volumeIds", List.of(v[1]))),
                    new Row(404, "NoSuchObject", "attachAsp", Flow.m("aspId", policy, "volumeIds", List.of("v-nowhere0"))),
                    new Row(400, "Asp.VolumeStatusInvalid", "attachAsp", Flow.m("aspId", policy, "volumeIds", List.of(v[0]))),
                    new Row(404, "NoSuchObject", "detachAsp", Flow.m("aspId", "asp-nowhere0", "volumeIds", List.of(v[1]))),
                    new Row(400, "BadRequest", "listAsps", Flow.m("marker", "asp-nowhere0")),
                    new Row(404, "NoSuchObject", "createSnapshot", Flow.m("volumeId", "v-nowhere0", "snapshotName", "shot")),
                    new Row(400, "Snapshot.SnapshotNameInvalid", "createSnapshot", Flow.m("volumeId", v[0], "snapshotName", "1st")),
                    new Row(400, "BadRequest", "createSnapshot", Flow.m("volumeId", v[0], "snapshotName", "shot", "retentionInDays", 0)),
                    new Row(404, "NoSuchObject", "deleteSnapshot", Flow.m("snapshotId", "s-nowhere0")),
                    new Row(400, "BadRequest", "listSnapshots", Flow.m("marker", "s-nowhere0")),
                    new Row(400, "BadRequest", "createVolume", Flow.with(fresh, "cdsSizeInGB", 4)),
                    new Row(404, "NoSuchObject", "createVolume", Flow.with(fresh, "snapshotId", "s-nowhere0")),
                    new Row(400, "BadRequest", "createVolume", Flow.with(fresh, "snapshotId", shot)),
                    new Row(404, "NoSuchObject", "createVolume", Flow.with(fresh, "instanceId", "i-nowhere0")),
                    new Row(404, "NoSuchObject", "attachVolume", Flow.m("volumeId", "v-nowhere0", "instanceId", instance)),
                    new Row(404, "NoSuchObject", "attachVolume", Flow.m("volumeId", v[0], "instanceId", "i-nowhere0")),
                    new Row(409, "Volume.InstanceStatusCannotAttach", "attachVolume", Flow.m("volumeId", v[3], "instanceId", "i-Expired1")),
                    new Row(409, "Volume.DistNotAvailable", "attachVolume", Flow.m("volumeId", v[1], "instanceId", instance)),
                    new Row(403, "AccessDenied", "attachVolume", Flow.m("volumeId", v[3], "instanceId", instance)),
                    new Row(400, "Volume.DiskNotAttachedInstance", "detachVolume", Flow.m("volumeId", v[0], "instanceId", instance)),
                    new Row(409, "OperationDenied", "detachVolume", Flow.m("volumeId", boot, "instanceId", instance)),
                    new Row(400, "BadRequest", "resizeVolume", Flow.m("volumeId", v[0], "newCdsSizeInGB", 50)),
                    new Row(404, "NoSuchObject", "rollbackVolume", Flow.m("volumeId", v[0], "snapshotId", foreign)),
                    new Row(409, "OperationDenied", "rollbackVolume", Flow.m("volumeId", v[1], "snapshotId", ofUsed)),
                    new Row(409, "Volume.DiskStatusCannotBeDeleted", "releaseVolume", Flow.m("volumeId", v[1])),
                    new Row(403, "Volume.SystemDiskCannotBeDeleted", "releaseVolume", Flow.m("volumeId", boot)),
                    new Row(409, "OperationDenied", "releaseVolume", Flow.m("volumeId", v[2])),
                    new Row(404, "NoSuchObject", "releaseVolume", Flow.m("volumeId", "v-nowhere0")))) {
                flow.check(row.operation + " " + row.members.keySet() + ": " + row.status + " " + row.code, () ->
                        w.refused(row.status, row.code, () -> w.api.call(row.operation, row.members)));
            }
            flow.check("a token for another request", () -> {
                w.snapshot(v[3], "one", "clientToken", "token");
                w.refused(403, "IdempotentParameterMismatch", () -> w.snapshot(v[3], "two", "clientToken", "token"));
            });
            flow.check("while something takes time", () -> {
                flow.setting("delays.baidu.snapshotCreateMs", 60000);
                String slow = w.snapshot(v[0], "slow");
                w.refused(403, "SnapshotOperationForbidden", () -> w.call("deleteSnapshot", "snapshotId", slow));
                w.refused(403, "SnapshotOperationForbidden", () -> w.call("rollbackVolume", "volumeId", v[0], "snapshotId", slow));
            });
            flow.check("snapshot limit", () -> {
                flow.setting("baidu.manualSnapshotLimit", 1);
                w.refused(403, "Instance.SnapshotLimitExceeded", () -> w.snapshot(v[1], "more"));
            });
            flow.check("nothing changed", () -> {
                assertEquals(50, w.see(v[0]).get("diskSizeInGB"));
                assertEquals(1, w.list("listAsps", "autoSnapshotPolicys").size());
            });
        });
    }

    @Test
    void flow5Concurrency() throws Exception {
        Flow.run(5, flow -> {
            World w = new World(flow);
            String shared = w.volume("name", "shared");
            flow.step("50 threads in one world", () -> {
                w.ready(shared);
                var lives = Flow.together(50, n -> {
                    // One client for all: it must be as safe as its users take it to be.
                    String mine = w.volume("name", "volume-" + n);
                    String one = w.snapshot(mine, "shot-" + n);
                    String two = w.snapshot(shared, "shot-" + n);
                    assertEquals(List.of(mine, shared), List.of(w.shot(one).get("volumeId"), w.shot(two).get("volumeId")));
                    w.call("deleteSnapshot", "snapshotId", one);
                    return List.of(mine, one, two);
                });
                assertEquals(150, lives.stream().flatMap(List::stream).distinct().count());
                assertEquals(50, w.list("listSnapshots", "snapshots").size());
                assertEquals("50", w.see(shared).get("snapshotNum"));
            });
            flow.step("50 equal requests with one token", () -> {
                var made = Flow.together(50, n -> w.snapshot(shared, "once", "clientToken", "once"));
                assertEquals(1, made.stream().distinct().count());
                assertEquals(51, w.list("listSnapshots", "snapshots").size());
            });
            flow.step("20 worlds at once", () -> {
                var found = Flow.together(20, n -> {
                    Api api = new Api(Flow.CLIENT + "-w" + (n + 1));
                    for (int times = 0; times <= n; times++) World.create(api, "name", "world-" + n);
                    return maps(api.call("listVolumes", Flow.m()).get("volumes")).stream()
                            .map(each -> (String) each.get("name")).filter(name -> name.startsWith("world-")).collect(Collectors.toList());
                });
                for (int n = 0; n < found.size(); n++) assertEquals(java.util.Collections.nCopies(n + 1, "world-" + n), found.get(n));
            });
        });
    }

    @Test
    void flow6Decoding() throws Exception {
        Flow.run(6, flow -> {
            World w = new World(flow);
            String instance = w.instance();
            String volume = w.volume("name", "decoded", "cdsSizeInGB", 50, "storageType", "cloud_hp1", "description", "说明", "tags", TAGS);
            Map<String, Object> wanted = Flow.m("id", volume, "name", "decoded", "desc", "说明", "type", "Cds", "isSystemVolume", false,
                    "storageType", "cloud_hp1", "diskSizeInGB", 50, "status", "Available", "paymentTiming", "Postpaid", "createTime", Flow.NOW,
                    "expireTime", null, "zoneName", ZONE, "regionId", "bj", "attachments", List.of(), "snapshotNum", "0",
                    "autoSnapshotPolicy", null, "tags", TAGS, "enableAutoRenew", false, "autoRenewTime", 0, "encrypted", false,
                    "productCategory", "BCC", "enableDeleteProtection", false, "sourceSnapshotId", Flow.BLANK, "clusterId", Flow.BLANK,
                    "ebcDiskSize", 0, "encryptKey", Flow.BLANK, "encryptKeySpec", Flow.BLANK);
            flow.step("volume", () -> {
                w.ready(volume);
                Flow.same(w.see(volume), wanted);
            });
            Map<String, Object> policy = Flow.m("autoSnapshotPolicyId", Flow.BLANK, "name", "p /.-_中", "timePoints", List.of(0, 23),
                    "repeatWeekdays", List.of(0, 6), "retentionDays", "-1", "status", "active");
            flow.step("policy", () -> {
                String id = (String) w.call("createAsp", "name", "p /.-_中", "timePoints", List.of(23, 0), "repeatWeekdays", List.of(6, 0),
                        "retentionDays", "-1").get("aspId");
                policy.put("id", id);
                w.attach(volume, instance);
                w.call("attachAsp", "aspId", id, "volumeIds", List.of(volume));
                var whole = Flow.with(policy, "createdTime", Flow.NOW, "updatedTime", Flow.NOW, "deletedTime", NEVER, "lastExecuteTime", NEVER, "volumeCount", 1);
                Flow.same(w.policy(id), whole);
                var listed = w.call("listAsps");
                Flow.same(some(listed, "marker", "nextMarker", "maxKeys", "autoSnapshotPolicys"), List.of(Flow.BLANK, Flow.BLANK, 1000, List.of(whole)));
                assertFalse(truncated(listed));
            });
            flow.step("snapshot", () -> {
                String shot = w.snapshot(volume, "shot 中", "desc", "描述，：。", "retentionInDays", 7);
                var seen = w.shot(shot);
                // The model calls package and templateId by names of its own.
                for (String renamed : List.of("packaged", "package", "imageId", "templateId")) {
                    if (seen.containsKey(renamed)) Flow.same(seen.remove(renamed), renamed.startsWith("package") ? (Object) false : Flow.BLANK);
                }
                Flow.same(seen, Flow.m("id", shot, "name", "shot 中", "sizeInGB", 50, "createTime", Flow.NOW, "status", "Available",
                        "createMethod", "MANUAL", "volumeId", volume, "desc", "描述，：。", "expireTime", "2026-01-12T08:00:00Z",
                        "insnapId", Flow.BLANK, "encrypted", false));
            });
            flow.step("chain", () -> {
                var listed = w.call("listSnapchain", "volumeId", volume);
                assertNotNull(listed.get("orderBy"));
                Flow.same(listed.get("snapchains"), List.of(Flow.m("chainId", Pattern.compile("sl-[0-9A-Za-z]{8}"), "status", Pattern.compile("\\w+"),
                        "chainSize", "50", "instanceId", instance, "userId", Pattern.compile("\\S+"), "volumeId", volume, "volumeSize", 50,
                        "manualSnapCount", 1, "autoSnapCount", 0, "createTime", Flow.NOW)));
            });
            flow.step("volume in use", () -> {
                var attachment = Flow.m("volumeId", volume, "instanceId", instance, "device", Pattern.compile("/dev/vd[b-z]"), "serial", Pattern.compile("\\S{20}"));
                var bound = Flow.with(policy, "createdTime", null, "updatedTime", null, "deletedTime", null, "lastExecuteTime", null, "volumeCount", 0);
                Flow.same(w.see(volume), Flow.with(wanted, "status", "InUse", "attachments", List.of(attachment), "snapshotNum", "1", "autoSnapshotPolicy", bound));
            });
        });
    }
}
