package dev.kinto.gateway.contracts;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Manifests of at most 1 MiB that cost as much as their author could think of, all of a
 * microservice {@code shop}. {@code bench/worst-manifests.sh} shows what each costs.
 */
public final class WorstManifests {
  private static final int MIB = 1024 * 1024;

  private WorstManifests() {}

  /** One manifest after another: its JSON by what is bad in it. */
  public static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    String dashes = "x-".repeat(400_000) + "x";
    all.put("a read with a long name", manifest(route(0, "/a", reads(read(dashes, "String")))));
    all.put("a write with a long name", manifest(route(0, "/a", writes(read(dashes, "String")))));
    all.put(
        "a header with a long name",
        manifest(route(0, "/a", list("headers", read(dashes, "String")))));
    all.put("15,000 routes", routes(15_000, i -> "/a" + i, i -> ""));
    all.put("5,000 routes", routes(5_000, i -> "/a" + i, i -> ""));
    all.put(
        "5,000 routes that require what nobody sets",
        routes(5_000, i -> "/a" + i, i -> reads(read("auth-f" + i, "String"))));
    all.put(
        "20,000 reads of what nobody sets",
        routes(
            80, i -> "/a" + i, i -> reads(each(250, j -> read("auth-" + i + "x" + j, "String")))));
    all.put(
        "a route with 20,000 reads",
        manifest(route(0, "/a", reads(each(20_000, j -> read("auth-x" + j, "String"))))));
    all.put(
        "one field of 5,000 types, set and read",
        routes(
            3_500,
            i -> "/a" + i,
            i ->
                reads(read("shop-x", "String{.." + (i + 1) + "}"))
                    + writes(read("shop-x", "String{.." + (9_000 - i) + "}"))));
    String many = each(60_000, j -> Integer.toString(j));
    all.put(
        "60,000 allowed values, set and read",
        manifest(
            route(
                0,
                "/a",
                reads(read("shop-x", "Number=" + many))
                    + writes(read("shop-x", "Number=" + many)))));
    all.put(
        "20,000 allowed values, read with 3,000 sizes",
        routes(
            3_000,
            i -> "/a" + i,
            i ->
                reads(read("shop-x", "String{.." + (i + 9) + "}"))
                    + (i > 0
                        ? ""
                        : writes(read("shop-x", "String=" + each(20_000, Integer::toString))))));
    all.put(
        "fields that wait for each other",
        routes(
            4_000,
            i -> "/a" + i,
            i -> reads(read("shop-f" + (i + 1), "String")) + writes(read("shop-f" + i, "String"))));
    all.put("deep lists", "[".repeat(MIB));
    all.put("deep objects", "{\"a\":".repeat(MIB / 5));
    all.put("a large number", "{\"manifestVersion\": 1e999999999, \"microservice\": \"shop\"}");
    all.put("a long number", "{\"manifestVersion\": " + "9".repeat(MIB - 100) + "}");
    all.put(
        "default numbers",
        routes(
            2_000,
            i -> "/a" + i,
            i ->
                ", \"reads\": [{\"field\": \"shop-x\", \"type\": \"Number\", \"default\":"
                    + " \"1e999999999\"}]"));
    all.put("a long path", manifest(route(0, "/a".repeat(MIB / 2 - 100), "")));
    all.put("a path of parameters", manifest(route(0, path(100_000, i -> "{p" + i + "}"), "")));
    all.put(
        "parameters that are not in the path",
        manifest(
            route(
                0,
                "/" + "a".repeat(400_000) + "/{x}",
                list(
                    "parameters",
                    each(
                        5_000,
                        i ->
                            "{\"group\": \"Url\", \"field\": \"p"
                                + i
                                + "\", \"type\": \"String\"}")))));
    all.put(
        "paths that fork at each segment",
        routes(
            4_096,
            i -> path(12, bit -> (i >> bit & 1) == 0 ? "a" : "{p" + bit + "}") + "/a".repeat(40),
            i -> ""));
    all.put("literals last", routes(4_000, i -> "/{a}/l" + i, i -> ""));
    all.put("literals first", routes(4_000, i -> "/l" + i + "/{b}", i -> ""));
    all.put("rests", routes(4_000, i -> "/l" + i + "/{b*}", i -> ""));
    all.put(
        "unknown keys",
        manifest(route(0, "/a", each(60_000, i -> ",\"k" + i + "\": 1").replace(",,", ","))));
    all.put(
        "keys of one hash",
        manifest(
            route(0, "/a", each(30_000, i -> ",\"" + colliding(i) + "\": 1").replace(",,", ","))));
    all.put(
        "permissions that are none",
        manifest(route(0, "/a", ", \"permissions\": [" + each(250_000, i -> "1") + "]")));
    all.put(
        "optional configuration values",
        routes(
            100,
            i -> "/a" + i,
            i -> list("config", each(200, j -> "{\"field\": \"c" + i + "x" + j + "\"}"))));
    all.put(
        "documented headers in the space of another",
        manifest(route(0, "/a", list("headers", each(20_000, i -> read("auth-h" + i, "String"))))));
    all.put("no JSON", "a".repeat(MIB));
    all.put("blank", " ".repeat(MIB));
    return all;
  }

  private static String colliding(int number) {
    return IntStream.range(0, 16)
        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }

  private static String each(int count, IntFunction<String> item) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
  }

  private static String path(int segments, IntFunction<String> segment) {
    return IntStream.range(0, segments)
        .mapToObj(i -> "/" + segment.apply(i))
        .collect(Collectors.joining());
  }

  private static String read(String field, String type) {
    return "{\"field\": \"" + field + "\", \"type\": \"" + type + "\", \"description\": \"\"}";
  }

  private static String reads(String items) {
    return list("reads", items.replace("\"description\": \"\"", "\"required\": true"));
  }

  private static String writes(String items) {
    return list("writes", items);
  }

  private static String list(String name, String items) {
    return ", \"" + name + "\": [" + items + "]";
  }

  private static String route(int number, String path, String rest) {
    return "{\"method\": \"GET\", \"path\": \""
        + path
        + "\", \"name\": \"r"
        + number
        + "\""
        + rest
        + "}";
  }

  private static String routes(int count, IntFunction<String> path, IntFunction<String> rest) {
    return manifest(each(count, i -> route(i, path.apply(i), rest.apply(i))));
  }

  private static String manifest(String routes) {
    return "{\"manifestVersion\": 1, \"microservice\": \"shop\", \"routes\": [" + routes + "]}";
  }

  /** Prints what each costs: to read, and to judge beside each other and {@code auth}. */
  public static void main(String[] arguments) {
    Map<String, String> all = all();
    for (int round = 0; round < 2; round++) {
      for (Map.Entry<String, String> each : all.entrySet()) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int said = WorstCaseWork.judge(each.getValue(), all);
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        if (round == 1) {
          System.out.printf(
              "%-50s %7d bytes %6d ms %5d lines%n",
              each.getKey(), each.getValue().length(), took / 1_000_000, said);
        }
      }
    }
  }
}
