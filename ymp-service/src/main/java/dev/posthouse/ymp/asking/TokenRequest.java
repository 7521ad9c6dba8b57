package dev.posthouse.ymp.asking;

/**
 * The body of a request for a token (YMP, section 3.1).
 *
 * @param host who asks
 * @param state to come back in the grant
 */
record TokenRequest(String host, String state) {

    @Override
    public String toString() {
        return "a token request of " + host;
    }
}
