// Room: NcursesScreen
