// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@Suite struct JSONPositionTests {
    static let document = """
        {
          "kind": {"naam": "é", "jaar": 2010},
          "lijst": [1, [true, "x"], {}],
          "a/b~c": null, "": 0
        }
        """

    @Test(
        arguments: [
            ("", 1, 1), ("/kind", 2, 11), ("/kind/naam", 2, 20), ("/kind/jaar", 2, 33), ("/lijst/0", 3, 13),
            ("/lijst/1/1", 3, 23), ("/lijst/2", 3, 29), ("/a~1b~0c", 4, 12), ("/", 4, 22),
        ] as [(String, Int, Int)])
    func findsValues(_ text: String, _ line: Int, _ column: Int) throws {
        let pointer = try #require(JSONPointer(text))
        let bytes = Array(Self.document.utf8)
        let position = try #require(StrictJSON.position(of: pointer, in: bytes))
        #expect(position == TextPosition(line: line, column: column, offset: position.offset))
        #expect(position == TextPosition(offset: position.offset, in: bytes))
        #expect(try StrictJSON.read(bytes).get()[pointer] != nil)
    }

    @Test(arguments: ["/x", "/kind/naam/x", "/lijst/3", "/lijst/01", "/lijst/-", "/kind/0", "/a/b~0c"])
    func findsNothingElse(_ text: String) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(StrictJSON.position(of: pointer, in: Array(Self.document.utf8)) == nil)
        #expect(try StrictJSON.read(Self.document).get()[pointer] == nil)
    }

    @Test func findsValuesInBrokenDocuments() throws {
        let bytes = Array(#"[01, {"a": "#.utf8)
        #expect(StrictJSON.position(of: JSONPointer(tokens: ["1"]), in: bytes)?.column == 6)
        #expect(StrictJSON.position(of: JSONPointer(tokens: ["1", "a"]), in: bytes)?.column == 12)
        #expect(StrictJSON.position(of: .root, in: []) == nil)
    }

    @Test(
        arguments: [
            ("", []), ("/", [""]), ("/a", ["a"]), ("/a~1b", ["a/b"]), ("/m~0n", ["m~n"]), ("/~01", ["~1"]),
            ("/a//b", ["a", "", "b"]), ("/0/é", ["0", "é"]), ("/ ", [" "]),
        ] as [(String, [String])])
    func pointersReadAsTheyAreWritten(_ text: String, _ tokens: [String]) throws {
        #expect(JSONPointer(text)?.tokens == tokens)
        #expect(JSONPointer(tokens: tokens).description == text)
    }

    @Test(arguments: ["a", "a/b", "/~", "/~2", "/a~", "#/a"]) func otherPointersAreRefused(_ text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test func pointersAreBuiltUp() {
        let pointer = JSONPointer.root.appending("a/b").appending(2)
        #expect(pointer.description == "/a~1b/2")
        #expect(pointer.parent?.description == "/a~1b")
        #expect(JSONPointer.root.parent == nil)
        #expect(pointer.appending(JSONPointer(tokens: ["x", "y"])).description == "/a~1b/2/x/y")
        #expect(pointer.quotable == "/*/2")
        #expect(JSONPointer(tokens: ["kind", "999990019", ""]).quotable == "/kind/*/*")
    }

    @Test func valuesAreReachable() {
        let value: JSONValue = ["a": [1, "x", nil, true, 2.5], "b": [:]]
        #expect(value["a"]?[0]?.integer == 1)
        #expect(value["a"]?[1]?.string == "x")
        #expect(value["a"]?[3]?.bool == true)
        #expect(value["a"]?[4]?.number == 2.5)
        #expect(value["a"]?[4]?.integer == nil)
        #expect(value["a"]?[5] == nil)
        #expect(value["a"]?.array?.count == 5)
        #expect(value["b"]?.object?.isEmpty == true)
        #expect(value["b"]?["x"] == nil)
        #expect(JSONValue.number(1e300).integer == nil)
        #expect(JSONValue.number(.nan).integer == nil)
    }
}
