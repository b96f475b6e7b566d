package io.github.camelb2.client.call;

import io.github.camelb2.client.api.B2Call;

/** A call for which B2 moves data before it answers: up to 20 minutes are normal. */
public interface SlowCall<T> extends B2Call<T> {}
