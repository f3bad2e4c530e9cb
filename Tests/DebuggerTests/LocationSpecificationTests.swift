import Debugger
import Testing

@Test(arguments: [
  ("", LocationSpecification.here), ("12", .line(12)), ("+3", .offset(3)), ("-2", .offset(-2)),
  ("t.c:12", .fileLine(file: "t.c", line: 12)), ("/a b/t.c:7", .fileLine(file: "/a b/t.c", line: 7)),
  ("main", .function("main")), ("zoo::Dog::legs", .function("zoo::Dog::legs")),
  ("t.cpp:zoo::Dog::legs", .fileFunction(file: "t.cpp", function: "zoo::Dog::legs")),
  ("f(int, ns::T)", .function("f(int, ns::T)")), ("std::vector<a::b>::push_back", .function("std::vector<a::b>::push_back")),
  ("*0x401136", .address("0x401136")), ("*main+4", .address("main+4")), (" main ", .function("main")),
])
func placesAreReadAsGdbReadsThem(text: String, expected: LocationSpecification) {
  #expect(LocationSpecification(parsing: text) == expected)
}

@Test(arguments: ["t.c:12", "main", "*0x401136", "t.c:f", "12", "+3", "-2"])
func placesAreWrittenAsTheyWereRead(text: String) {
  #expect(LocationSpecification(parsing: text).text == text)
}
