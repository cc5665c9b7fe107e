package dev.linkedrole.demo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Output of the demo: in colour on a terminal, as plain text otherwise. Counts failed checks. */
final class Terminal {

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String CYAN = "36";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final boolean colour = System.getenv("DEMO_COLOUR") != null && System.getenv("NO_COLOR") == null;
    private final List<String> faults = new ArrayList<>();
    private int checks;
    private int chapters;

    void title(String text) {
        out.println();
        out.println(in(BOLD, text));
    }

    void chapter(String text) {
        chapters++;
        title(chapters + ". " + text);
    }

    void note(String text) {
        out.println("   " + in(DIM, text));
    }

    void sent(String text) {
        out.println("   " + in(CYAN, "→ " + text));
    }

    void added(String text) {
        out.println("   " + in(GREEN, "+ " + text));
    }

    void removed(String text) {
        out.println("   " + in(RED, "- " + text));
    }

    void plain(String text) {
        out.println("   " + text);
    }

    /** Prints a claim and counts it if it does not hold. */
    void check(boolean holds, String claim) {
        checks++;
        if (holds) {
            out.println("   " + in(GREEN, "✓ ") + claim);
        } else {
            faults.add(chapters + ". " + claim);
            out.println("   " + in(RED, "✗ NOT SO: ") + claim);
        }
    }

    /** Prints the result. Returns true if every check held. */
    boolean verdict() {
        out.println();
        if (faults.isEmpty()) {
            out.println(in(
                    GREEN,
                    in(BOLD, "Verdict: all " + checks + " claims hold, as IAM, SQS and the ledger say themselves.")));
        } else {
            out.println(in(RED, in(BOLD, "Verdict: " + faults.size() + " of " + checks + " claims do not hold:")));
            faults.forEach(fault -> out.println(in(RED, "   " + fault)));
        }
        return faults.isEmpty();
    }

    private String in(String style, String text) {
        return colour ? "\u001B[" + style + "m" + text + "\u001B[0m" : text;
    }
}
