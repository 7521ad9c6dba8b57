package dev.posthouse.common.call;

import dev.posthouse.common.call.Line.Pin;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Whether a host on this machine knows no TLS (PoHTTP, section 9): what it answers to a ClientHello
 * is no record of TLS, or it hangs up without a word. Whatever else goes wrong, a bad certificate
 * say, is a failure of TLS.
 */
final class NoTls {

    private static final int FIRST_TYPE = 20;
    private static final int LAST_TYPE = 23;
    private static final int MAJOR_VERSION = 3;

    private NoTls() {}

    /** Looks, on a connection of its own. */
    static boolean at(Pin pin, Deadline turn) {
        try (Socket socket = connected(pin, turn)) {
            return !answersInTls(socket);
        } catch (IOException | IllegalArgumentException unknown) {
            return false;
        }
    }

    private static Socket connected(Pin pin, Deadline turn) throws IOException {
        Socket socket = new Socket();
        try {
            InetAddress address = InetAddress.getByAddress(pin.address().octets());
            socket.connect(new InetSocketAddress(address, pin.name().port()), turn.millisLeft());
            socket.setSoTimeout(turn.millisLeft());
            return socket;
        } catch (IOException | IllegalArgumentException failed) {
            socket.close();
            throw failed;
        }
    }

    private static boolean answersInTls(Socket socket) throws IOException {
        byte[] hello = hello();
        try {
            socket.getOutputStream().write(hello);
            InputStream answer = socket.getInputStream();
            int type = answer.read();
            return type >= FIRST_TYPE && type <= LAST_TYPE && answer.read() == MAJOR_VERSION;
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException reset) {
            return false;
        }
    }

    private static byte[] hello() throws SSLException {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), record);
            byte[] octets = new byte[record.flip().remaining()];
            record.get(octets);
            return octets;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
