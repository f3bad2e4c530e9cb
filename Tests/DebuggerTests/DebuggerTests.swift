// Tests of the room Debugger.
