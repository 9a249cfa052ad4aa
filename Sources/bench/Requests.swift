// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// The requests that the bench posts. Everybody in them is made up.
struct Requests {
    let token: String

    /// - Parameter tokenFile: as `meldpoort token create --out` wrote it.
    init(tokenFile: String) throws {
        token = try String(contentsOfFile: tokenFile, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// One event per request, or `perRequest` of them as a batch.
    func requests(_ events: [String], perRequest: Int) -> [[UInt8]] {
        guard perRequest > 1 else { return events.map { request($0, "application/cloudevents+json") } }
        return stride(from: 0, to: events.count, by: perRequest).map { first in
            let part = events[first..<min(first + perRequest, events.count)]
            return request("[\(part.joined(separator: ","))]", "application/cloudevents-batch+json")
        }
    }

    private func request(_ body: String, _ type: String) -> [UInt8] {
        let lines = [
            "POST /v1/gebeurtenissen HTTP/1.1", "Host: 127.0.0.1", "Authorization: Bearer \(token)",
            "Content-Type: \(type)", "Content-Length: \(body.utf8.count)", "", body,
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }
}

/// The events of the bench, by number; each its own case.
enum BenchEvent {
    /// What stands before the number in a family name, by which the counterpart's requests are told apart.
    static let marker = "Voorbeeld-Achternaam "

    static func registration(_ number: Int) -> String {
        event(
            "r-\(number)", "verwijsindexregistratie-gevraagd",
            """
            {"zaak":"zaak-\(number)","school":"01AB","risicos":["a"],"onderbouwing":"Zorgen over de thuissituatie.",\
            "leerling":\(pupil(number)),\
            "afsprakenMetBetrokkenen":{"geinformeerd":true,"datum":"2026-11-05","wie":["vertegenwoordiger"]}}
            """)
    }

    static func confirmation(_ number: Int, of delivery: Int64) -> String {
        event(
            "c-\(number)", "bevestiging-gegeven",
            #"{"zaak":"zaak-\#(number)","school":"01AB","aflevering":\#(delivery)}"#)
    }

    static func report(_ number: Int) -> String {
        event(
            "m-\(number)", "veiligthuismelding-besloten",
            """
            {"zaak":"zaak-\(number)","school":"01AB","leerling":\(pupil(number)),\
            "betrokkenen":[{"rol":"ouder","naam":"Testouder Voorbeeld-Achternaam"}],\
            "inzageBetrokkenen":{"feiten":"Op 2 november zag de leerkracht blauwe plekken op de arm."},\
            "contactpersoon":{"naam":"Aandachtsfunctionaris De Wilg","telefoon":"010 000 00 00"},\
            "gezetteStappen":["inKaartBrengen","collegialeConsultatie","gesprek","wegen"],\
            "afweging":{"doelmatigheid":"Ja.","subsidiariteit":"Ja.","proportionaliteit":"Ja."},\
            "afsprakenMetBetrokkenen":{"geinformeerd":true,"datum":"2026-11-05","wie":["vertegenwoordiger"]}}
            """)
    }

    private static func pupil(_ number: Int) -> String {
        """
        {"leerlingnummer":"\(number)","voornamen":"Testkind","achternaam":"\(marker)\(number)",\
        "geboortedatum":"2016-05-04","geslacht":"man"}
        """
    }

    private static func event(_ id: String, _ type: String, _ data: String) -> String {
        """
        {"specversion":"1.0","id":"\(id)","source":"urn:nld:oin:00000000000000000000:systeem:voorbeeld-lvs",\
        "type":"nl.meldcode.\(type).v1","data":\(data)}
        """
    }
}

extension Reply {
    /// The numbers of the events in the answer, in the order of the request.
    func eventNumbers() throws -> [Int64] {
        guard status == 202 else {
            throw BenchFailure(description: "status \(status): \(String(decoding: body.prefix(600), as: UTF8.self))")
        }
        let members = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
        let entries = members["gebeurtenissen"] as? [[String: Any]] ?? [members]
        return entries.compactMap { ($0["id"] as? NSNumber)?.int64Value }
    }
}
