package io.github.snapstand;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What can be started: a program of this machine, or a container.
 *
 * @param source What it is, in words.
 * @param command The program, and what stands before its flags.
 * @param image The image, where it is a container.
 */
record Programs(String source, List<String> command, String image) {
    private static final String DEFAULT_IMAGE = "snapstand:" + Snapstand.VERSION;

    /** The first that is there: what was named, the npm package, a checkout, the image. */
    static Programs find(StartOptions options) {
        if (options.checkout() != null) return checkout(options.checkout(), "StartOptions.checkout");
        Path folder = Path.of("").toAbsolutePath();
        Path installed = packageAbove(folder);
        if (installed != null) return program("the npm package (" + installed + ")", installed);
        Path onPath = onPath("snapstand");
        if (onPath != null) return program("the program on the PATH (" + onPath + ")", onPath);
        String named = variable("SNAPSTAND_CHECKOUT");
        if (named != null) return checkout(Path.of(named), "SNAPSTAND_CHECKOUT");
        String image = options.image() != null ? options.image() : variable("SNAPSTAND_IMAGE");
        if (image == null) image = DEFAULT_IMAGE;
        String lacking = imageLacks(image);
        if (lacking == null) return new Programs("the image " + image, List.of("docker"), image);
        throw new StartFailedException("there is no server to start. Looked for\n"
                + "- the npm package: no node_modules/.bin/snapstand in " + folder + " or above it, no snapstand on the PATH\n"
                + "- a checkout: neither the variable SNAPSTAND_CHECKOUT nor the system property snapstand.checkout is set\n"
                + "- the image " + image + ": " + lacking + "\n"
                + "Have one of them, or name a running server in SNAPSTAND_URL");
    }

    private static Programs program(String source, Path file) {
        return new Programs(source, List.of(file.toString()), null);
    }

    private static Programs checkout(Path folder, String named) {
        Path script = folder.resolve("dist").resolve("cli.js");
        if (!Files.exists(script)) {
            throw new StartFailedException(
                    named + " names " + folder + ", where there is no dist/cli.js: run npm ci && npm run build there");
        }
        // A checkout has a Node that is new enough among its development packages.
        Path own = folder.resolve("node_modules").resolve(".bin").resolve(executable("node", ".exe"));
        String node = Files.exists(own) ? own.toString() : "node";
        return new Programs("the checkout " + folder, List.of(node, script.toString()), null);
    }

    /** The npm package that is installed in a folder or above it, as npm finds it. */
    private static Path packageAbove(Path folder) {
        for (Path each = folder; each != null; each = each.getParent()) {
            Path file = each.resolve("node_modules").resolve(".bin").resolve(executable("snapstand", ".cmd"));
            if (Files.exists(file)) return file;
        }
        return null;
    }

    private static Path onPath(String name) {
        String path = System.getenv("PATH");
        if (path == null) return null;
        for (String folder : path.split(File.pathSeparator)) {
            Path file = Path.of(folder.isEmpty() ? "." : folder, executable(name, name.equals("docker") ? ".exe" : ".cmd"));
            if (Files.isExecutable(file) && !Files.isDirectory(file)) return file;
        }
        return null;
    }

    private static String executable(String name, String ending) {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win") ? name + ending : name;
    }

    /** Why the image cannot be started; null: it can. */
    private static String imageLacks(String image) {
        if (onPath("docker") == null) return "docker is not installed";
        try {
            Process asked = new ProcessBuilder("docker", "image", "inspect", "--format", "{{.Id}}", image)
                    .redirectErrorStream(true).start();
            String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return asked.waitFor() == 0 ? null : "docker has it not: " + said.replaceAll("\\s+", " ");
        } catch (IOException wrong) {
            return "docker cannot be asked: " + wrong.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "its thread was interrupted";
        }
    }

    /** SNAPSTAND_CHECKOUT, or the system property snapstand.checkout, which goes before; null: neither says something. */
    static String variable(String name) {
        String said = System.getProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'));
        if (said == null || said.isEmpty()) said = System.getenv(name);
        return said == null || said.isEmpty() ? null : said;
    }
}
