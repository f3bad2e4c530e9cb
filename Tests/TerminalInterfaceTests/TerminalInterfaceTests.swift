// Tests of the room TerminalInterface.
