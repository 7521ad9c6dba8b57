package dev.posthouse.relay.ramf;

/** How a parcel is written on the wire (section 2). */
public enum Format {
    /** Little-endian fields and a detached signature: 2019. */
    A("application/vnd.relaynet.parcel"),
    /** ASN.1 fields in a CMS SignedData, the recipient one string: 2020. */
    B("application/vnd.relaynet.parcel"),
    /** The same with a recipient of two fields: since 2022. */
    C("application/vnd.awala.parcel");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    /** How a parcel of this format is called when it is passed on. */
    public String contentType() {
        return contentType;
    }
}
