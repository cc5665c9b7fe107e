package dev.linkedrole.role;

import java.util.Comparator;

/** One side of a role that IAM lets us change with a call of its own. */
public sealed interface Facet extends Comparable<Facet> {

    /** The tags first, by which one sees whose the role is; the description last, on which nothing depends. */
    Comparator<Facet> ORDER = Comparator.comparing((Facet facet) -> !facet.key().equals("tags"))
            .thenComparing(facet -> facet.key().equals("description"))
            .thenComparing(Facet::key);

    /** The facet that a policy of the role is. */
    static Facet of(Home home) {
        return home.isInline() ? new Inline(Home.INLINE_POLICY) : new Managed(home);
    }

    /** The facet in one word, as the ledger stores it: {@code inline:NAME}, {@code attached:ARN}, {@code trust}... */
    String key();

    @Override
    default int compareTo(Facet other) {
        return ORDER.compare(this, other);
    }

    /** The trust policy. */
    record Trust() implements Facet {
        @Override
        public String key() {
            return "trust";
        }
    }

    /** The ownership tags; other tags are their owners' business. */
    record Tags() implements Facet {
        @Override
        public String key() {
            return "tags";
        }
    }

    /** The permissions boundary. */
    record Boundary() implements Facet {
        @Override
        public String key() {
            return "boundary";
        }
    }

    /** The description, where an operator has set it. */
    record Description() implements Facet {
        @Override
        public String key() {
            return "description";
        }
    }

    /** An inline policy. */
    record Inline(String policy) implements Facet {
        @Override
        public String key() {
            return "inline:" + policy;
        }
    }

    /** A managed policy of the role's own, which holds what does not fit inline. */
    record Managed(Home home) implements Facet {
        @Override
        public String key() {
            return "managed:" + home.number();
        }
    }

    /** A managed policy that is attached and not the role's own. */
    record Attached(String arn) implements Facet {
        @Override
        public String key() {
            return "attached:" + arn;
        }
    }

    /** An instance profile that the role is in, which somebody else has put it in. */
    record InInstanceProfile(String profile) implements Facet {
        @Override
        public String key() {
            return "instance-profile:" + profile;
        }
    }

    private static Home home(String number, String key) {
        if (!number.matches("[1-9][0-9]?")) {
            throw none(key);
        }
        return new Home(Integer.parseInt(number));
    }

    private static InvalidValueException none(String key) {
        return new InvalidValueException("'" + key + "' names no facet of a role");
    }

    /**
     * The facet that a key names.
     *
     * @throws InvalidValueException if it names none
     */
    static Facet ofKey(String key) {
        String[] parts = key.contains(":") ? key.split(":", 2) : new String[] {key, ""};
        Facet facet = switch (parts[0]) {
            case "trust" -> new Trust();
            case "tags" -> new Tags();
            case "boundary" -> new Boundary();
            case "description" -> new Description();
            case "inline" -> new Inline(parts[1]);
            case "managed" -> new Managed(home(parts[1], key));
            case "attached" -> new Attached(parts[1]);
            case "instance-profile" -> new InInstanceProfile(parts[1]);
            default -> throw none(key);
        };
        if (!facet.key().equals(key)) {
            throw none(key);
        }
        return facet;
    }
}
