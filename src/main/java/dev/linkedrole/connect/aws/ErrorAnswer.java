package dev.linkedrole.connect.aws;

/** An answer of Amazon Connect that reports an error: its status, and the code of the error. */
final class ErrorAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    ErrorAnswer(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
