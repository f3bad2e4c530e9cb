// Room: TerminalInterface
