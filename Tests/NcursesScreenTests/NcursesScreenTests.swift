// Tests of the room NcursesScreen.
