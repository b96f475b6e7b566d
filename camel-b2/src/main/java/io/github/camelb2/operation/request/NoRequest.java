package io.github.camelb2.operation.request;

/** The request of operations that need nothing to be said. */
public enum NoRequest {
    INSTANCE
}
