package dev.posthouse.relay.outbound;

/** Which host an Internet address leads to; one host is one peer, whatever it is addressed by. */
public interface PeerNames {

    /** The host, and its port where that is not HTTPS's; for what leads nowhere no host's name. */
    String of(String internetAddress);

    /** Whether parcels for that Internet address can be sent anywhere. */
    boolean leadSomewhere(String internetAddress);
}
