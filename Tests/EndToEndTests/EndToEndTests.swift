// Tests of the room EndToEnd.
