// Tests of the room Commands.
