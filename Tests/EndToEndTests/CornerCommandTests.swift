import Foundation
import TestSupport
import Testing

/// Commands that few people write, in the words of gdb 13 for the same program.
@Suite struct CornerCommandTests {
  @Test(arguments: [
    ("info locals ^p[12]$", "p1 = {x = 1, y = 2}\np2 = {x = 1, y = 2}"),
    ("info locals -t ^Point p3", "p3 = {x = 2, y = 3}"), ("info locals nosuch", "No matching locals."),
    ("info locals -q nosuch", ""), ("info args nosuch", "No matching arguments."), ("info args", "No arguments."),
    ("set var bits.a = 9", "warning: Value does not fit in 3 bits."), ("set var bits.b = -8", ""),
    ("set var bits.b = -9", "warning: Value does not fit in 4 bits."), ("set var bits.b = 15", ""),
    ("printf \"%s|%s|%d\\n\", text, 0, 3.7", "abc|(null)|3"),
    ("printf \"%s\", str", "Value can't be converted to integer."),
    ("printf \"%s\", 5", "Cannot access memory at address 0x5"), ("x/s str", "Value can't be converted to integer."),
    ("display/2x (char)3", "1: /x (char)3 = 0x3"),
    ("info vtbl p1", "This object does not have a virtual function table"),
    ("set print foo on", "Undefined set print command: \"foo on\".  Try \"help set print\"."),
    (
      "show print elments",
      "Undefined show print command: \"elments\".  Try \"help show print\".  Did you mean \"show print elements\"?"
    ),
    ("set pagintion off", "No symbol \"pagintion\" in current context.\nDid you mean \"set pagination\"?"),
    ("print not (1 and 0)", "true"),
    ("list Bits,+0", "14\tstruct Bits { unsigned a : 3; int b : 4; unsigned c : 20; };"),
    ("print 1 << 32", "warning: left shift count >= width of type\n0"),
    ("print 1 >> -1", "warning: right shift count is negative\n0"),
    ("list corners.cpp:2,+1", "2\t#include <cstdio>\n3\t#include <stdexcept>"),
    ("set print elements -1", "integer -1 out of range"), ("print/a (long)add", "ADDRESS <add(int, int)>"),
    ("print/a add", "ADDRESS <add(int, int)>"), ("print main", "{int (void)} ADDRESS <main()>"),
  ])
  func answers(_ command: String, _ expected: String) throws {
    let sandbox = try Sandbox()
    let program = try Fixture.compile("corners.cpp", flags: ["-g", "-O0", "-std=gnu++20"])
    let stop = try Fixture.line(of: "// stop", in: "corners.cpp")
    let batch = try Batch(
      commands: ["break corners.cpp:\(stop)", "run", "echo MARK\\n", command], program: [program], in: sandbox)
    let text = batch.output.components(separatedBy: "MARK\n").last ?? ""
    let found = (batch.errors.components(separatedBy: "\n").filter { !$0.isEmpty } + [text]).joined(separator: "\n")
      .replacing(/0x[0-9a-f]{4,}/, with: "ADDRESS").replacing(#/[$][0-9]+ = /#, with: "")
    #expect(found.trimmingCharacters(in: .newlines) == expected)
  }
}
