package dev.posthouse.relay.outbound;

/** Which peer an Internet address leads to: one URL is one, however it is written. */
public interface PeerNames {

    /**
     * The host, its port where that is not HTTPS's, and the path where there is one. For static
     * routes, and for what leads nowhere, something that is no host's name.
     */
    String of(String internetAddress);

    /** Whether parcels for that Internet address can be sent anywhere. */
    boolean leadSomewhere(String internetAddress);
}
