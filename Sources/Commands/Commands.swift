// Room: Commands
