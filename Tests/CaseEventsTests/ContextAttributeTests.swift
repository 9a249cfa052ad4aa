// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Testing
import Values

/// Practice 16: a burgerservicenummer never in a context attribute, and nothing refused for merely looking like one.
@Suite struct ContextAttributeTests {
    private let sample = SampleEvent()

    /// A quarter of a million events with four such attributes each. Without `type` the data is not looked at, which
    /// leaves time for the attributes; the one problem that is expected says that it is missing.
    @Test func aMillionHarmlessIdentifiersAreNeverRefused() {
        var generator = EventGenerator(seed: 41)
        var refused = 0
        for round in 0..<250_000 {
            let uuid = generator.uuid()
            let now = Int64.random(in: 1_000_000_000...4_102_444_799, using: &generator.random)
            let trace = "00-\(hexadecimal(generator.random.next()))\(hexadecimal(generator.random.next()))"
            let attributes = [
                "specversion": "1.0", "source": SampleEvent.source,
                "id": round.isMultiple(of: 2)
                    ? uuid : round.isMultiple(of: 3) ? "\(now)" : "\(now)\(round % 900 + 100)",
                "traceparent": "\(trace)-\(hexadecimal(generator.random.next()))-01",
                "tracestate": "a=\(hexadecimal(generator.random.next()))",
                "dataschema": "urn:uuid:\(generator.uuid())",
            ]
            if problems(attributes) != ["attribuutOntbreekt ce-type"] { refused += 1 }
        }
        #expect(refused == 0)
    }

    @Test func everyTestNumberIsRefusedWhereverItStandsAlone() {
        var generator = EventGenerator(seed: 42)
        for _ in 0..<300 {
            let bsn = generator.bsn()
            let forms = [
                bsn, "leerling-\(bsn)", "\(bsn)/1", "a.\(bsn).b", "urn:bsn:\(bsn)", "\(bsn)-\(bsn)", "(\(bsn))",
            ]
            for form in forms {
                #expect(sample.problems(with: ["id": .string(form)]) == ["persoonsgegevenInContext /id"], "\(form)")
            }
            for name in ["sequence", "sequencetype", "dataschema", "tracestate"] {
                #expect(sample.problems(with: [name: .string(bsn)]) == ["persoonsgegevenInContext /\(name)"])
            }
            for harmless in ["x\(bsn)", "\(bsn)0", "\(bsn)é", "1\(bsn)", "\(bsn.prefix(8))-\(bsn.suffix(1))"] {
                #expect(sample.problems(with: ["id": .string(harmless)]) == [], "\(harmless)")
            }
        }
    }

    @Test func timesAndTracesAreExempt() {
        for time in ["2026-11-22T10:00:00.999990019Z", "2026-11-22T10:00:00.999990019+01:00"] {
            #expect(sample.problems(with: ["time": .string(time)]) == [])
        }
        #expect(sample.problems(with: ["traceparent": "00-999990019"]) == [])
        #expect(sample.problems(with: ["id": "00000000-0000-0000-0000-000999990019"]) == [])
    }

    /// The mark is for ids that are running numbers, and excuses nothing else.
    @Test func runningNumbersExcuseTheIdAlone() {
        let source = JSONValue.string(SampleEvent.runningNumbers)
        #expect(sample.problems(with: ["source": source, "id": "999990019"]) == [])
        for name in ["sequence", "dataschema", "tracestate"] {
            #expect(
                sample.problems(with: ["source": source, "id": "999990019", name: "999990019"]) == [
                    "persoonsgegevenInContext /\(name)"
                ])
        }
        // Another source cannot borrow the mark.
        #expect(sample.problems(with: ["id": "999990019"]) == ["persoonsgegevenInContext /id"])
        #expect(sample.problems(with: ["source": "https://vreemd.example", "id": "999990019"]).count == 2)
    }

    private func problems(_ attributes: [String: String]) -> [String] {
        do {
            _ = try sample.reader.binary(attributes: attributes, data: [:])
            return []
        } catch {
            return error.problems.map { "\($0.code) \($0.place)" }
        }
    }

    private func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
