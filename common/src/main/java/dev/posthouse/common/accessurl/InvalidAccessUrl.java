package dev.posthouse.common.accessurl;

/** This is no AccessURL of ours: forged, expired, for another repository or another session. */
public final class InvalidAccessUrl extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param why for logs; never the URL itself
     */
    public InvalidAccessUrl(String why) {
        super(why, null, false, false);
    }
}
