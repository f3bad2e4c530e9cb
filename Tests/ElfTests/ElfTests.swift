// Tests of the room Elf.
