// Tests of the room VirtualTerminal.
