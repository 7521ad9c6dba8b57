package dev.posthouse.ymp;

import dev.posthouse.common.setting.BadSetting;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the paths of the three calls may be (YMP, sections 2 and 3): such as a URL can hold. */
final class PublicPaths {

    private static final int LONGEST = 256;

    private static final Pattern PATH =
            Pattern.compile("(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)+");

    /** Whoever joins such a path to a host ends elsewhere. */
    private static final Pattern AMBIGUOUS = Pattern.compile("//|\\.\\.|/\\.(?:/|$)");

    private static final Pattern TAKEN =
            Pattern.compile("/\\.well-known/ymp|/\\.ymp|/messages|/inbox(?:/acks)?|/admin(?:/.*)?");

    private PublicPaths() {}

    static void check(YmpConfig.Paths paths) {
        checkOne("ymp.paths.request", paths.request());
        checkOne("ymp.paths.grant", paths.grant());
        checkOne("ymp.paths.packet", paths.packet());
        List<String> all = List.of(paths.request(), paths.grant(), paths.packet());
        if (Set.copyOf(all).size() < all.size()) {
            throw new BadSetting("ymp.paths", "must be three different ones");
        }
    }

    private static void checkOne(String name, String path) {
        if (path.length() > LONGEST
                || !PATH.matcher(path).matches()
                || AMBIGUOUS.matcher(path).find()) {
            throw new BadSetting(name, "must be a plain path that starts with /");
        }
        if (TAKEN.matcher(path).matches()) {
            throw new BadSetting(name, "is the path of another door");
        }
    }
}
