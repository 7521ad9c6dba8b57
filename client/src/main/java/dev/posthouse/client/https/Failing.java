package dev.posthouse.client.https;

import dev.posthouse.client.failure.ClientException.Untrusted;
import dev.posthouse.client.failure.ClientException.WrongAnswer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Clock;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Says in words why a call failed. What more patience cannot heal is thrown: a server that cannot
 * be trusted, an answer without end.
 *
 * @param trust the anchors in use
 * @param clock this machine's, as a person would read it
 */
record Failing(Trust trust, Clock clock) {

    /** What a server says that does not take the certificate of ours (RFC 8446, section 6.2). */
    private static final Pattern REFUSED =
            Pattern.compile(
                    "fatal alert: (bad_certificate|unsupported_certificate|certificate_[a-z]+|unknown_ca|access_denied)");

    String reason(URI door, IOException failure) {
        String server = door.getRawAuthority();
        refuseUntrusted(server, failure);
        if (refusesUs(failure)) {
            throw untrusted(server + " does not trust the certificate it was shown", failure);
        }
        if (has(failure, Body.TooLarge.class)) {
            throw new WrongAnswer(server + "'s answer is too large", failure);
        }
        if (has(failure, UnresolvedAddressException.class)) {
            return "no address is known for the name " + door.getHost();
        }
        return switch (failure) {
            case HttpConnectTimeoutException slow -> server + " does not answer";
            case HttpTimeoutException slow -> server + ": " + slow.getMessage();
            case ConnectException refused -> server + " refuses the connection";
            default -> "the connection to " + server + " broke (" + failure.getMessage() + ")";
        };
    }

    private void refuseUntrusted(String server, IOException failure) {
        if (has(failure, CertificateNotYetValidException.class)) {
            throw untrusted(server + "'s certificate is not valid yet; " + clockSays(), failure);
        }
        if (has(failure, CertificateExpiredException.class)) {
            throw untrusted(server + "'s certificate has expired; " + clockSays(), failure);
        }
        if (has(failure, CertPathBuilderException.class)
                || has(failure, CertPathValidatorException.class)) {
            String words = "'s certificate does not lead to a trust anchor in ";
            throw untrusted(server + words + trust.file(), failure);
        }
        if (has(failure, CertificateException.class)) {
            String words = "'s certificate is for another name or address: check the URL";
            throw untrusted(server + words, failure);
        }
    }

    private static boolean refusesUs(IOException failure) {
        return failure instanceof SSLException
                && REFUSED.matcher(String.valueOf(failure.getMessage())).find();
    }

    private String clockSays() {
        return "this machine's clock says " + clock.instant() + ": if that is wrong, set it";
    }

    private static Untrusted untrusted(String words, IOException failure) {
        return new Untrusted(words, failure);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
