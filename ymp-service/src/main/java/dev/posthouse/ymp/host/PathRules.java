package dev.posthouse.ymp.host;

import java.util.regex.Pattern;

/**
 * A path that another host names (YMP, section 2), so that joined to that host it leads nowhere
 * else and means one thing to everybody: visible ASCII, since anything else would have to be
 * encoded, and one of us might do it differently.
 */
final class PathRules {

    private static final int LONGEST = 256;
    private static final Pattern PATH = Pattern.compile("/[!-~&&[^?#\\\\]]*");

    private PathRules() {}

    static boolean allow(String path) {
        return path.length() <= LONGEST
                && PATH.matcher(path).matches()
                && !path.contains("//")
                && !path.contains("..");
    }
}
