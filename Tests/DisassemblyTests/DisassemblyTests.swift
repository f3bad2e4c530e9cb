// Tests of the room Disassembly.
