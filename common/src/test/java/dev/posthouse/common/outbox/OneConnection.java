package dev.posthouse.common.outbox;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** A data source in the middle of a transaction: its one connection stays open when closed. */
final class OneConnection {

    private OneConnection() {}

    static DataSource of(Connection connection) {
        Connection open =
                (Connection)
                        Proxy.newProxyInstance(
                                OneConnection.class.getClassLoader(),
                                new Class<?>[] {Connection.class},
                                (proxy, method, arguments) ->
                                        method.getName().equals("close")
                                                ? null
                                                : method.invoke(connection, arguments));
        return (DataSource)
                Proxy.newProxyInstance(
                        OneConnection.class.getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (proxy, method, arguments) -> open);
    }
}
