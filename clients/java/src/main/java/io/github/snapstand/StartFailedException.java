package io.github.snapstand;

/** No server could be started: the message says what was looked for, or what the server printed. */
public class StartFailedException extends SnapstandException {
    private static final long serialVersionUID = 1L;

    StartFailedException(String message) {
        super(message);
    }

    StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
