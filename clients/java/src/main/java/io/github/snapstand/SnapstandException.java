package io.github.snapstand;

/** Anything that this library throws of itself. */
public class SnapstandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SnapstandException(String message) {
        super(message);
    }

    SnapstandException(String message, Throwable cause) {
        super(message, cause);
    }
}
