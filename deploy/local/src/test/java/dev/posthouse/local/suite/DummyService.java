package dev.posthouse.local.suite;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Stands in for a packaged service: says that it is ready, and prints what it was told. It ends
 * with code 3 when told {@code dummy.fails}, and is never ready when told {@code dummy.never}.
 */
public final class DummyService {

    private DummyService() {}

    /** The service's program. */
    public static void main(String[] arguments) throws IOException {
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.matches("(proxy|ca|repository|ymp|relay|quarkus)\\..*"))
                .sorted()
                .forEach(name -> System.out.println(name + "=" + System.getProperty(name)));
        if (told("fails")) {
            System.out.println("ERROR dummy.fails is set");
            System.exit(3);
        }
        int answer = told("never") ? 503 : 200;
        HttpServer health =
                HttpServer.create(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                Integer.getInteger("quarkus.management.port")),
                        0);
        health.createContext(
                "/q/health/ready",
                exchange -> {
                    exchange.sendResponseHeaders(answer, -1);
                    exchange.close();
                });
        health.start();
    }

    private static boolean told(String what) {
        return System.getProperties().stringPropertyNames().stream()
                .anyMatch(name -> name.endsWith(".dummy." + what));
    }

    /** Lays out a repository whose services are all dummies. */
    public static Path packageInto(Path home) throws IOException {
        for (Service service : Service.values()) {
            Path application =
                    Files.createDirectories(
                            home.resolve(service.module()).resolve("target/quarkus-app"));
            writeJar(application.resolve("quarkus-run.jar"));
        }
        return home;
    }

    private static void writeJar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, DummyService.class.getName());
        String name = DummyService.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                var code = DummyService.class.getResourceAsStream("/" + name)) {
            jar.putNextEntry(new JarEntry(name));
            code.transferTo(jar);
        }
    }
}
