// Tests of the room DebugInfo.
