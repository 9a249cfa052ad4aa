// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Sandbox

// What holds for adapters that read pupils from a register.
extension Performance {
    private typealias Source = (adapter: any PupilSource, pupil: AdapterSuite.KnownPupil)

    private func source(_ report: inout Report) throws -> Source? {
        guard let adapter = try setup.adapter() as? any PupilSource else { return nil }
        guard let pupil = counterpart.pupil(setup.settings) else {
            report.add("the suite is not told which pupil the counterpart knows")
            return nil
        }
        return (adapter, pupil)
    }

    func readsOnlyWhatIsAsked(_ report: inout Report) async throws {
        guard let (adapter, pupil) = try source(&report) else { return }
        let transport = try stage.transport(total: patient)
        let selections = PupilField.allCases.map { Set([$0]) } + [Set(PupilField.allCases)]
        for query in pupil.queries {
            for fields in selections {
                let before = stage.arrivals.count
                let answer = await adapter.find(
                    PupilQuery(school: pupil.school, pupil: query, fields: fields), over: transport)
                let what = fields.map(\.rawValue).sorted().joined(separator: " ")
                guard case .found(let records) = answer, let record = records.first, records.count == 1 else {
                    report.add("asked for \(what): not the one pupil that fits")
                    continue
                }
                compare(record, with: fields, of: pupil, what, &report)
                let canary = LeakCanary(Self.canaries(of: query))
                for (place, text) in stage.arrivals.dropFirst(before).flatMap(\.openPlaces) {
                    for finding in canary.findings(in: text, place: place) { report.add(String(describing: finding)) }
                }
            }
        }
    }

    private func compare(
        _ record: PupilRecord, with asked: Set<PupilField>, of pupil: AdapterSuite.KnownPupil, _ what: String,
        _ report: inout Report
    ) {
        let read = Set(record.values.keys)
        let expected = asked.intersection(pupil.fields).subtracting(pupil.isSecret)
        let extra = read.subtracting(expected).map(\.rawValue).sorted()
        report.require(extra.isEmpty, "asked for \(what): it reads \(extra.joined(separator: " ")) too")
        let left = expected.subtracting(read).map(\.rawValue).sorted()
        report.require(left.isEmpty, "asked for \(what): it does not read \(left.joined(separator: " "))")
        let secret = asked.intersection(pupil.isSecret)
        report.require(record.withheld == secret, "asked for \(what): it does not tell rightly what is secret")
    }

    private static func canaries(of query: PupilQuery.Pupil) -> [LeakCanary.Canary] {
        switch query {
        case .number(let number): [.init("the pupil's number", number)]
        case .name(let name, let date):
            [.init("the pupil's name", name)] + (date.map { [.init("the birth date", $0)] } ?? [])
        }
    }

    func tellsFailureFromAbsence(_ report: inout Report) async throws {
        guard let (adapter, pupil) = try source(&report), let stage = stage as? IndexStage else { return }
        let answers: [(name: String, answer: IndexAnswer)] = [
            ("401", .json(401, "{}")), ("403", .json(403, "{}")), ("429", .retryAfter(429, seconds: 5)),
            ("500", .json(500, "{}")), ("hung up", .hangUpAfterRequest), ("cut short", .cutShort),
            ("garbage", .garbage), ("no JSON and no XML", .json(200, "<{")), ("too long", .oversized(bytes: 200_000)),
        ]
        for query in pupil.queries {
            let query = PupilQuery(school: pupil.school, pupil: query, fields: pupil.fields)
            for (name, answer) in answers {
                stage.answerEverything(with: answer)
                let answer = await adapter.find(query, over: try stage.transport(total: patient))
                if case .failed = answer { continue }
                report.add("\(name) counts as an answer of the register")
            }
        }
        let transport = try stage.transport(total: patient)
        await stage.goDown()
        for query in pupil.queries {
            let query = PupilQuery(school: pupil.school, pupil: query, fields: pupil.fields)
            if case .failed = await adapter.find(query, over: transport) { continue }
            report.add("nobody listens counts as an answer of the register")
        }
    }
}
