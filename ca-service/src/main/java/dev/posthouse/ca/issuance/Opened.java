package dev.posthouse.ca.issuance;

import dev.posthouse.ca.profile.Draft;

/**
 * A request whose serial is reserved.
 *
 * @param issuance the request
 * @param draft what is about to be signed
 */
record Opened(Issuance issuance, Draft draft) {

    String jti() {
        return issuance.session().jti();
    }
}
