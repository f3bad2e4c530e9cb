import DebugInfo
import Debugger
import TestSupport
import Testing

/// What the end of a line that is being typed belongs to.
@Suite struct PartialExpressionTests {
  @Test(
    arguments: [
      ("p na", .name, "na", 2), ("p ", .name, "", 2), ("p a+$r", .name, "$r", 4), ("p 3 -x", .name, "x", 5),
      ("p item.na", .member(of: "item", isArrow: false), "na", 7),
      ("p root->", .member(of: "root", isArrow: true), "", 8),
      ("p 1 + a.b->c", .member(of: "a.b", isArrow: true), "c", 11),
      ("p es[i + 1] . na", .member(of: "es[i + 1]", isArrow: false), "na", 14),
      ("p f(a, \")\", b).x", .member(of: "f(a, \")\", b)", isArrow: false), "x", 15),
      ("p *p.x", .member(of: "p", isArrow: false), "x", 5),
      ("p ((T *)p)->x", .member(of: "((T *)p)", isArrow: true), "x", 12),
      ("p a::b.x", .member(of: "a::b", isArrow: false), "x", 7),
      ("p $xmm0.", .member(of: "$xmm0", isArrow: false), "", 8),
      ("p 1.", .member(of: "", isArrow: false), "", 4), ("p a]).x", .member(of: "", isArrow: false), "x", 6),
      ("p Kind::", .scope("Kind"), "", 2), ("p store::Kind::To", .scope("store::Kind"), "To", 2),
      ("p 1+Box<int, A<2>>::o", .scope("Box<int, A<2>>"), "o", 4), ("p ::x", .name, "x", 4), ("p a%b", .name, "b", 4),
    ] as [(String, PartialExpression.Context, String, Int)])
  func isFound(_ text: String, _ context: PartialExpression.Context, _ stem: String, _ start: Int) {
    let partial = PartialExpression(text, language: .cpp)
    #expect(partial.context == context)
    #expect(partial.stem == stem)
    #expect(partial.start == start)
  }

  @Test func isThatOfItsLanguage() {
    #expect(PartialExpression("p a%b", language: .fortran).context == .member(of: "a", isArrow: false))
    #expect(PartialExpression("p x?.y!.z", language: .swift).context == .member(of: "x?.y!", isArrow: false))
    #expect(PartialExpression("p x?.z", language: .swift).context == .member(of: "x!", isArrow: false))
    #expect(PartialExpression("p a..b", language: .rust).context == .name)
  }
}

/// The members that a session knows of, in each language.
@Suite struct MemberCompletionTests {
  @Test func followAnObjectOrAType() async throws {
    let fixture = try await SessionFixture("completion.cpp")
    _ = try await fixture.run(toMark: "// stop")
    func members(_ object: String, isArrow: Bool = false, _ prefix: String = "") async -> [String] {
      await fixture.session.members(of: object, isArrow: isArrow, prefix: prefix, limit: 100).map {
        "\($0.name): \($0.detail)"
      }
    }
    let calls = try await fixture.value("item.calls")
    let all = [
      "base: method", "call: method", "calls: int", "counter: int", "id: int", "kind: store::Kind", "number: method",
      "part: float", "whole: int",
    ]
    #expect(await members("item") == all)
    #expect(await members("pointer", isArrow: true) == all)
    #expect(await members("items[0]", isArrow: true) == all)
    #expect(await members("item.base()") == ["id: int", "number: method"])
    #expect(await members("(pointer = 0)", isArrow: true, "ca") == ["call: method", "calls: int"])
    #expect(await members("nosuch").isEmpty)
    #expect(await members("item.id").isEmpty)
    // Nothing was called or written for it.
    #expect(try await fixture.value("item.calls") == calls)
    #expect(try await fixture.value("pointer == &item") == "true")
    func scope(_ type: String) async -> [String] {
      await fixture.session.members(inScope: type, prefix: "", limit: 100).map { "\($0.name): \($0.detail)" }
    }
    #expect(await scope("store::Kind") == ["Food: enumerator", "Tool: enumerator", "Toy: enumerator"])
    #expect(await scope("store::Box<int>") == ["opened: int"])
  }

  @Test func followAnObjectOfRust() async throws {
    let fixture = try await SessionFixture("rusty.rs", flags: ["-g"])
    _ = try await fixture.run(toMark: "// in structures")
    #expect(await fixture.session.members(of: "point", isArrow: false, prefix: "", limit: 9).map(\.name) == ["x", "y"])
    #expect(await fixture.session.members(of: "pair", isArrow: false, prefix: "", limit: 9).map(\.name) == ["0", "1"])
  }
}
