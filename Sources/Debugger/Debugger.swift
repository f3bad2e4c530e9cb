// Room: Debugger
