// Room: Elf
