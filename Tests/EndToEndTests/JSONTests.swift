import Foundation
import TestSupport
import Testing

/// `--batch --json`, as docs/JSON.md has it.
@Suite(.serialized) struct JSONTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private typealias Object = [String: Any]

  private func objects(_ commands: [String], program: [String]) throws -> [Object] {
    try Batch(commands: commands, options: ["--json"], program: program, in: sandbox).objects()
  }

  private func result(_ object: Object) throws -> Object {
    #expect(object["ok"] as? Bool == true, "\(object)")
    return try #require(object["result"] as? Object)
  }

  @Test func commandsAndEventsComeOneALineInOrder() throws {
    let program = try sandbox.program("tour.c", as: "tour")
    let commands = ["break add_score", "run", "bt", "print nothing", "delete", "continue"]
    let all = try objects(commands, program: [program])
    let labels = all.map { object in
      if let event = object["event"] as? String { return event }
      return (object["ok"] as? Bool == true ? "+" : "-") + (object["command"] as? String ?? "?")
    }
    #expect(
      labels.map { $0.split(separator: " ").first.map(String.init) } == [
        "+break", "stopped", "+run", "+bt", "-print", "+delete", "exited", "+continue",
      ])
    #expect(all[1]["reason"] as? String == "breakpoint")
    #expect(all[1]["breakpoint"] as? Int == 1)
    #expect((all[1]["frame"] as? Object)?["function"] as? String == "add_score")
    #expect(Set((all[1]["thread"] as? Object ?? [:]).keys) == ["id", "tid", "name"])
    #expect((all[2]["result"] as? Object)?["reason"] as? String == "breakpoint")
    #expect((all[4]["error"] as? String)?.contains("nothing") == true)
    #expect(all[6]["code"] as? Int == 0)
  }

  @Test func outputOfTheProgramGoesToStandardError() throws {
    let program = try sandbox.program("tour.c", as: "tour")
    let run = try Batch(commands: ["run"], options: ["--json"], program: [program], in: sandbox)
    #expect(run.errors.contains("best scores together: 63"))
    #expect(!run.output.contains("best scores together"))
    _ = try run.objects()
  }

  @Test func framesAndVariables() throws {
    let program = try sandbox.program("tour.c", as: "tour")
    let all = try objects(["break add_score", "run", "bt -full"], program: [program])
    let stack = try result(try #require(all.last))
    let frames = try #require(stack["frames"] as? [Object])
    #expect(frames.count == 2)
    #expect(stack["truncated"] as? Bool == false)
    #expect(stack["thread"] is Object)
    let frame = frames[0]
    #expect(
      Set(frame.keys).isSuperset(of: [
        "level", "function", "file", "line", "address", "inlined", "language", "module", "arguments", "locals",
      ]))
    #expect(frame["level"] as? Int == 0)
    #expect((frame["file"] as? String)?.hasSuffix("/tour.c") == true)
    #expect((frame["file"] as? String)?.hasPrefix("/") == true)
    #expect(frame["line"] as? Int == (try Fixture.line(of: "int slot =", in: "tour.c")))
    #expect((frame["address"] as? String)?.hasPrefix("0x") == true)
    #expect(frame["inlined"] as? Bool == false)
    #expect(frame["module"] as? String == program)
    let arguments = try #require(frame["arguments"] as? [Object])
    #expect(arguments.map { $0["name"] as? String } == ["player", "points"])
    let points = arguments[1]
    #expect(points["type"] as? String == "int")
    #expect(points["value"] as? String == "12")
    #expect(points["optimizedOut"] as? Bool == false)
    #expect(points["children"] as? Int == 0)
    #expect((points["address"] as? String)?.hasPrefix("0x") == true)
    let locals = try #require(frame["locals"] as? [Object])
    #expect(locals.map { $0["name"] as? String } == ["slot"])
    // Innermost scope first: the loop's variables before the function's.
    let names = (frames[1]["locals"] as? [Object])?.map { $0["name"] as? String }
    #expect(names == ["points", "each", "round", "players", "sum"])
  }

  @Test func backtraceSaysWhereALimitCutIt() throws {
    let program = try sandbox.program("tour.c", as: "tour")
    let all = try objects(["break add_score", "run", "bt -limit 1"], program: [program])
    let stack = try result(try #require(all.last))
    #expect((stack["frames"] as? [Object])?.count == 1)
    #expect(stack["truncated"] as? Bool == true)
    #expect((stack["frames"] as? [Object])?[0]["locals"] == nil)
  }

  @Test func lists() throws {
    let program = try sandbox.program("counter.c", flags: ["-g", "-O0", "-pthread"], as: "counter")
    let commands = [
      "break one_step", "ignore 1 120", "run", "info threads", "info breakpoints", "info locals", "print count",
    ]
    let all = try objects(commands, program: [program, "50", "3"])
    let results = try all.suffix(4).map(result)
    let threads = try #require(results[0]["threads"] as? [Object])
    #expect(threads.filter { $0["current"] as? Bool == true }.count == 1)
    #expect(threads.allSatisfy { Set($0.keys).isSuperset(of: ["id", "tid", "name", "state", "current", "frame"]) })
    let breakpoint = try #require((results[1]["breakpoints"] as? [Object])?.first)
    #expect(breakpoint["id"] as? Int == 1)
    #expect(breakpoint["enabled"] as? Bool == true)
    #expect(breakpoint["hits"] as? Int == 121)
    #expect(breakpoint["condition"] is NSNull)
    let location = try #require((breakpoint["locations"] as? [Object])?.first)
    #expect(location["function"] as? String == "one_step")
    #expect(location["line"] as? Int == (try Fixture.line(of: "return count + 1", in: "counter.c")))
    #expect((results[2]["variables"] as? [Object])?.isEmpty == true)
    #expect(results[3]["value"] as? String == "120")
    #expect(results[3]["type"] as? String == "long")
  }

  @Test func signalsEndTheStream() throws {
    let all = try objects(["run", "continue"], program: ["sh", "-c", "kill -TERM $$"])
    let stop = try #require(all.first { $0["event"] as? String == "stopped" })
    #expect(stop["reason"] as? String == "signal")
    #expect(stop["signal"] as? String == "SIGTERM")
    let exit = try #require(all.first { $0["event"] as? String == "exited" })
    #expect(exit["signal"] as? String == "SIGTERM")
  }
}
