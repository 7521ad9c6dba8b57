package dev.posthouse.local.suite;

/**
 * One that runs: a role under a name. Replicas share the name, its settings and its database;
 * another name of the same role is another party, with a database of its own.
 *
 * @param name under which its settings stand; of the first party of a role, the role's short name
 * @param role what it does
 * @param replica from 1
 */
public record Instance(String name, Service role, int replica) {

    /** The one that runs when nobody asks for more. */
    static Instance of(Service role) {
        return new Instance(role.shortName(), role, 1);
    }

    /** Whether it is the one that runs when nobody asks for more. */
    boolean first() {
        return equals(of(role));
    }

    /** What tells it from all others: {@code ca}, {@code ca-2}, {@code west}. */
    public String label() {
        return replica == 1 ? name : name + "-" + replica;
    }

    /** The database of its name. */
    public String database() {
        return "posthouse_" + name;
    }

    String door() {
        return label() + ".port";
    }

    String management() {
        return label() + ".management-port";
    }
}
