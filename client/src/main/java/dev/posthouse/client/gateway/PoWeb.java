package dev.posthouse.client.gateway;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** The words of PoWeb (RS-016), as deployed gateways speak it. */
final class PoWeb {

    static final String PRE_REGISTRATIONS = "/v1/pre-registrations";
    static final String NODES = "/v1/nodes";
    static final String PARCELS = "/v1/parcels";
    static final String COLLECTION = "/v1/parcel-collection";
    static final String PARAMETERS = "/connection-params.der";

    static final String AUTHORIZATION = "application/vnd.awala.node-registration.authorization";
    static final String REQUEST = "application/vnd.awala.node-registration.request";
    static final String REGISTRATION = "application/vnd.awala.node-registration.registration";
    static final String PARAMETERS_TYPE = "application/vnd.etsi.tsl.der";
    static final String PARCEL = "application/vnd.awala.parcel";

    static final String COUNTERSIGNATURE = "Relaynet-Countersignature ";
    static final String STREAMING_MODE = "X-Relaynet-Streaming-Mode";

    private static final ASN1ObjectIdentifier RELAYNET =
            new ASN1ObjectIdentifier("1.3.6.1.4.1.58708.0");

    static final ASN1ObjectIdentifier REGISTRATION_COUNTERSIGNATURE = RELAYNET.branch("2.1");
    static final ASN1ObjectIdentifier PARCEL_DELIVERY = RELAYNET.branch("3.0");
    static final ASN1ObjectIdentifier PARCEL_COLLECTION = RELAYNET.branch("3.1");

    private PoWeb() {}
}
