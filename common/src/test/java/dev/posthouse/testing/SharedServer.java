package dev.posthouse.testing;

import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * One server per JVM. Quarkus loads test classes anew for every application it starts, so a static
 * field is one per class loader; the JVM's own registry of named objects is shared by all.
 */
final class SharedServer {

    private SharedServer() {}

    /** The server of this name, started by the first who asks. */
    static TestServer get(String name, Supplier<TestServer> start) {
        MBeanServer registry = ManagementFactory.getPlatformMBeanServer();
        // The registry is one object for all class loaders, so it is the lock as well.
        synchronized (registry) {
            try {
                ObjectName key = new ObjectName("dev.posthouse.testing", "server", name);
                if (!registry.isRegistered(key)) {
                    registry.registerMBean(new StandardMBean(start.get(), TestServer.class), key);
                }
                return JMX.newMBeanProxy(registry, key, TestServer.class);
            } catch (JMException e) {
                throw new IllegalStateException("cannot share the test server " + name, e);
            }
        }
    }
}
