package dev.linkedrole.bench.run;

/**
 * What all parts of the benchmark work with.
 *
 * @param quick whether it is to take minutes only: fewer rounds, fewer messages, and so more noise
 */
record Stage(Workshop workshop, Results results, boolean quick) {

    int either(int quickly, int thoroughly) {
        return quick ? quickly : thoroughly;
    }

    static void say(String line, Object... arguments) {
        System.out.printf(java.util.Locale.ROOT, line + "%n", arguments);
    }
}
