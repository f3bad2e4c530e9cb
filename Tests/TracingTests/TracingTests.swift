// Tests of the room Tracing.
