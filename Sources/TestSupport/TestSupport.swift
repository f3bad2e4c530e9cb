// Room: TestSupport
