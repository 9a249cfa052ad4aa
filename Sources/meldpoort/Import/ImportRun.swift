// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Values

/// Brings a checked file in through the running gateway, in bundles. Sending once more is always right: what is known is known again.
struct ImportRun {
    /// What became of the rows.
    struct Result {
        /// The numbers of the events that were new.
        var new: Set<Int> = []
        var known = 0
        /// Rows that were imported before with other values, and any others that were refused.
        var refused: [ImportProblem] = []
    }

    let file: ImportFile
    let client: APIClient
    /// As many as the gateway takes at a time.
    let bundle: Int

    private static let type = "application/cloudevents-batch+json"
    /// Where a gateway that is busy, or was just started again, is asked once more.
    private static let attempts = 5
    /// From this many rows on it says how far it is.
    private static let longFile = 500

    /// Asks whether every row may come in; stores nothing.
    /// - Throws: `ImportProblems` with what the gateway refuses of rows.
    func check() async throws {
        var problems: [ImportProblem] = []
        for range in bundles { problems += try await check(range) }
        guard problems.isEmpty else { throw ImportProblems(problems: problems) }
    }

    private func check(_ range: Range<Int>) async throws -> [ImportProblem] {
        let (status, answer) = try await ask("/v1/beoordelingen", range)
        if status == 200 { return [] }
        let found = (answer["problemen"]?.array ?? []).compactMap { problem in
            file.problem(
                place: problem["plaats"]?.string ?? "", text: problem["tekst"]?.string ?? "", first: range.lowerBound)
        }
        if !found.isEmpty { return found }
        guard status == 403 else { throw APIClient.problem(answer, status: status) }
        // Who may not bring in one of them is told which; who may bring in none is told so once.
        var refused: [ImportProblem] = []
        for index in range {
            let (status, answer) = try await ask("/v1/beoordelingen", index..<index + 1)
            guard status != 200 else { continue }
            refused.append(ImportProblem(line: file.rows[index].line, text: answer["detail"]?.string ?? ""))
        }
        guard refused.count < range.count else { throw APIClient.problem(answer, status: status) }
        return refused
    }

    /// Brings every row in.
    func send() async throws -> Result {
        var result = Result()
        for range in bundles {
            let (status, answer) = try await ask("/v1/gebeurtenissen", range)
            guard let entries = answer["gebeurtenissen"]?.array else {
                Output.error("niet ingevoerd: vanaf regel \(file.rows[range.lowerBound].line). De invoer mag opnieuw.")
                throw APIClient.problem(answer, status: status)
            }
            for entry in entries { note(entry, &result, first: range.lowerBound) }
            if file.rows.count >= Self.longFile {
                Output.error("ingevoerd: \(range.upperBound) van \(file.rows.count)")
            }
        }
        return result
    }

    private func note(_ entry: JSONValue, _ result: inout Result, first: Int) {
        if entry["status"]?.string == "aangenomen" {
            if entry["herhaling"]?.bool == true {
                result.known += 1
            } else if let id = entry["id"]?.integer {
                result.new.insert(id)
            }
            return
        }
        let isTaken = entry["probleem"]?.string?.hasSuffix("kenmerk-in-gebruik") == true
        let text =
            isTaken
            ? "deze zaak is voor deze ontvanger al ingevoerd met andere gegevens (409); corrigeer haar zelf"
            : entry["tekst"]?.string ?? ""
        if let problem = file.problem(place: entry["plaats"]?.string ?? "", text: text, first: first) {
            result.refused.append(problem)
        }
    }

    private var bundles: [Range<Int>] {
        stride(from: 0, to: file.rows.count, by: bundle).map { $0..<min($0 + bundle, file.rows.count) }
    }

    private func ask(_ path: String, _ range: Range<Int>) async throws -> (status: Int, answer: JSONValue) {
        let body = JSONValue.array(file.rows[range].map(\.event)).canonicalBytes
        for attempt in 1...Self.attempts {
            let answer = await client.ask(.post, path, contentType: Self.type, body: body)
            if let answer, answer.status != 503 { return (answer.status, answer.json) }
            if attempt < Self.attempts { try await Task.sleep(for: .seconds(attempt)) }
        }
        throw Output.fail(
            "no answer from the gateway. Is it running? What was imported stays so, and the import can be run again.")
    }
}

/// What is owed because of an import: kinds with how many, and how many are past their day.
struct ImportedOwed {
    struct Line {
        let title: String
        var count = 0
        var late = 0
    }

    private(set) var lines: [String: Line] = [:]

    /// Where the numbers of what an import opens begin: after the last item there is.
    /// - Returns: Nil when this person sees nothing of what is owed.
    static func start(_ client: APIClient) async -> Int? {
        var known = 0
        var unknown = 1
        // Items are numbered upwards: far ahead first, and then between.
        while true {
            guard let isThere = await hasItem(from: unknown, client) else { return nil }
            guard isThere else { break }
            (known, unknown) = (unknown, unknown * 2)
        }
        while unknown - known > 1 {
            let middle = (known + unknown) / 2
            guard let isThere = await hasItem(from: middle, client) else { return nil }
            if isThere { known = middle } else { unknown = middle }
        }
        return unknown
    }

    private static func hasItem(from number: Int, _ client: APIClient) async -> Bool? {
        let path = "/v1/verplichtingen?status=alle&aantal=1&vanaf=\(number)"
        guard let answer = await client.ask(.get, path), answer.status == 200 else { return nil }
        return answer.json["verplichtingen"]?.array?.isEmpty == false
    }

    /// What these events opened.
    static func read(from start: Int, events: Set<Int>, _ client: APIClient) async -> ImportedOwed {
        var found = ImportedOwed()
        var from = start
        repeat {
            let path = "/v1/verplichtingen?aantal=200&vanaf=\(from)"
            guard let answer = await client.ask(.get, path), answer.status == 200 else { return found }
            for row in answer.json["verplichtingen"]?.array ?? []
            where row["gebeurtenis"]?.integer.map(events.contains) == true {
                found.add(row)
            }
            from = answer.json["volgendeVanaf"]?.integer ?? 0
        } while from > 0
        return found
    }

    private mutating func add(_ row: JSONValue) {
        let kind = row["soort"]?.string ?? ""
        var line = lines[kind] ?? Line(title: row["omschrijving"]?.string ?? kind)
        line.count += 1
        if row["teLaat"]?.bool == true { line.late += 1 }
        lines[kind] = line
    }

    var json: JSONValue {
        .array(
            lines.sorted { $0.key < $1.key }.map { kind, line in
                [
                    "soort": .string(kind), "aantal": .number(Double(line.count)),
                    "teLaat": .number(Double(line.late)),
                ]
            })
    }
}
