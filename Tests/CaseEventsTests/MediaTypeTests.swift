// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Testing

@Suite struct MediaTypeTests {
    @Test(arguments: [
        ("application/json", true), ("Application/JSON", true), ("application/json;charset=utf-8", true),
        ("application/json ; Charset=\"UTF-8\"", true), ("application/ld+json", true), ("application/json;v=1", true),
        ("application/json; charset=utf-16", false), ("application/json; charset=iso-8859-1", false),
        ("text/json", false), ("application/jsonx", false), ("application/xml", false),
    ])
    func knowsJSON(_ text: String, _ isJSON: Bool) {
        #expect(MediaType(text)?.isJSON == isJSON)
    }

    @Test(arguments: [
        "", "json", "application/", "/json", "a/b/c", "application json", "application/js\nn", ";", "é/é",
    ])
    func knowsWhatIsNone(_ text: String) {
        #expect(MediaType(text) == nil)
    }

    @Test(arguments: [
        ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true),
        ("00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false),
        ("00-00000000000000000000000000000000-b7ad6b7169203331-01", false),
        ("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", false),
        ("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false),
        ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331", false),
        ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x", false), ("", false),
    ])
    func knowsATraceparent(_ text: String, _ isValid: Bool) {
        #expect(TraceContext.isValid(text) == isValid)
    }
}
