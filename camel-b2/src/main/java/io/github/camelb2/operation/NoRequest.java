package io.github.camelb2.operation;

/** The request of operations that need nothing to be said. */
enum NoRequest {
    INSTANCE
}
