// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Values

/// What happened, as the events that a school system or a person brings in. All content is made up.
extension Dated {
    /// Numbers that only the store knows.
    public struct Numbers {
        /// Of an expectation, by its key.
        public let item: (String) -> Int64?
        /// Of the event that was made of a happening.
        public let event: (Int) -> Int64?
        /// Of the last mail of this partner in this case.
        public let mail: (Dated) -> Int64?

        public init(
            item: @escaping (String) -> Int64?, event: @escaping (Int) -> Int64?, mail: @escaping (Dated) -> Int64?
        ) {
            self.item = item
            self.event = event
            self.mail = mail
        }
    }

    /// Nil for what no event tells, and for what means something that is not there.
    public func event(_ numbers: Numbers) throws -> CaseEvent? {
        let day = JSONValue.string(at.day.description)
        switch happening {
        case .mail: return nil
        case .report:
            return try event(
                .veiligThuisMeldingBesloten,
                ["leerling": Self.pupil, "inzageBetrokkenen": ["feiten": "Wat is gezien."]], hasDay: false)
        case .recorded(let told):
            return try event(
                .verstrekkingVastgelegd,
                [
                    "ontvanger": .string(partner), "tijdstip": .string("\(told)T00:30:00Z"), "wijze": "telefoon",
                    "leerling": Self.pupil,
                ], hasDay: false)
        case .barrier: return try event(.drempelGemeld, ["van": .string(partner), "soort": "bereikbaarheid"])
        case .feedback(let feedback): return try event(.terugkoppelingOntvangen, members(feedback))
        case .correction(let number, let feedback):
            guard let wrong = numbers.event(number) else { return nil }
            var data = members(feedback)
            data["corrigeert"] = .number(Double(wrong))
            return try event(.terugkoppelingOntvangen, data)
        case .judged(let asFeedback):
            guard let mail = numbers.mail(self) else { return nil }
            return try event(
                .postBeoordeeld,
                ["post": .number(Double(mail)), "soort": asFeedback ? "terugkoppeling" : "ontvangstbevestiging"])
        case .contact(let outcome, let promised):
            var data: [String: JSONValue] = [
                "van": .string(partner), "wijze": "telefoon", "uitkomst": .string(outcome),
            ]
            data["volgendMoment"] = promised.map { .string($0.description) }
            return try event(.partnercontactVastgelegd, data)
        case .snooze(let key, let until):
            return try decision(numbers.item(key), "uitgesteld", "afwezigheid", until: until)
        case .resume(let key): return try decision(numbers.item(key), "hervat", "gedaan")
        case .lapse(let key): return try decision(numbers.item(key), "vervallen", "nietMeerNodig")
        case .closeCase:
            return try event(.zaakAfgesloten, ["reden": "vermoedenNietBevestigd", "datum": day], hasDay: false)
        case .bar(let person):
            return try event(
                .medewerkerBetrokken, ["variant": "alsOuderOfPartnerThuis", "medewerker": .string(person)])
        }
    }

    private func members(_ feedback: Feedback) -> [String: JSONValue] {
        var data: [String: JSONValue] = [
            "van": .string(partner), "moment": .string(feedback.about.rawValue), "wijze": "telefoon",
            "volledigheid": feedback.isPartial ? "deels" : "volledig",
        ]
        data["besluit"] = feedback.decision.map { .string($0.rawValue) }
        data["volgendMoment"] = feedback.next.map { .string($0.description) }
        return data
    }

    private func decision(_ item: Int64?, _ act: String, _ reason: String, until: Day? = nil) throws -> CaseEvent? {
        guard let item else { return nil }
        var data: [String: JSONValue] = [
            "verplichting": .number(Double(item)), "actie": .string(act), "reden": .string(reason),
        ]
        data["tot"] = until.map { .string($0.description) }
        return try event(.verplichtingBijgewerkt, data)
    }

    private func event(
        _ type: EventType, _ data: [String: JSONValue], hasDay: Bool = true
    ) throws -> CaseEvent {
        var data = data
        data["zaak"] = .string(zaak)
        data["school"] = .string(school)
        if hasDay { data["datum"] = .string(at.day.description) }
        return try CaseEvent(
            id: "gebeurtenis-\(number)", source: "urn:nld:oin:00000000000000000000:systeem:lvs", type: type,
            time: at.timestamp, data: .object(data))
    }

    private static let pupil: JSONValue = [
        "voornamen": "Testkind", "achternaam": "Voorbeeld-Achternaam", "geboortedatum": "2015-03-01",
        "geslacht": "onbekend",
    ]
}

extension Day {
    /// - Parameter date: From 1970 on.
    public init(_ date: CalendarDate) {
        self.init(date.year, date.month, date.day)
    }

    public var date: CalendarDate { CalendarDate(description) ?? .earliest }
}

extension Moment {
    /// In Amsterdam; not in the hours of the night in which the clock is moved.
    public var timestamp: Timestamp { day.date.inAmsterdam(hour: minute / 60).adding(seconds: minute % 60 * 60) }
}
