// Room: VirtualTerminal
