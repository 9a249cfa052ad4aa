// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Values

/// What the events of a case say together.
struct TimelineFacts {
    /// A request for information, and whether a decision about it is recorded.
    struct Request {
        let from: String
        let reference: String?
        var isAnswered = false
    }

    private(set) var weighing: CaseTimeline.LatestWeighing?
    /// Decided, or done by phone.
    private(set) var isReported = false
    private(set) var isClosed = false
    private(set) var closedUnconfirmed = false
    private(set) var isStaffOffence = false
    /// A special form of violence or acute danger: the prompt to inform turns round (practice 5).
    private(set) var tellsNobodyYet = false
    private(set) var requests: [Request] = []
    /// Recipients who gave feedback, with the last day.
    private(set) var feedback: [String: CalendarDate] = [:]
    /// Disclosures made by phone or in a talk, by recipient.
    private(set) var told: [(recipient: String, day: CalendarDate)] = []

    init(_ record: CaseRecord) {
        for arrival in record.events { apply(arrival.event, on: CaseTimeline.day(of: arrival), record) }
    }

    private mutating func apply(_ event: CaseEvent, on day: CalendarDate, _ record: CaseRecord) {
        let data = event.data
        if data["bijzondereVorm"] != nil || data["acuutGevaar"]?.bool == true { tellsNobodyYet = true }
        switch event.type {
        case .zorgGesignaleerd, .stapGezet: reopen()
        case .zaakAfgesloten:
            isClosed = true
            closedUnconfirmed = data["reden"]?.string == "vermoedenNietBevestigd"
        case .wegingVastgelegd:
            reopen()
            weighing = Weighing(event).map { CaseTimeline.LatestWeighing(date: day, weighing: $0) }
        case .veiligThuisMeldingBesloten:
            reopen()
            isReported = true
        case .medewerkerBetrokken:
            if data["variant"]?.string == "zedenmisdrijfTegenLeerling" { isStaffOffence = true }
        case .informatieverzoekOntvangen:
            guard let from = data["van"]?.string else { return }
            requests.append(Request(from: from, reference: data["kenmerk"]?.string))
        case .verstrekkingBesloten:
            let recipients = Set((data["ontvangers"]?.array ?? []).compactMap(\.string))
            answer(recipients, reference: data["verzoek"]?.string)
        case .verstrekkingVastgelegd:
            guard let recipient = data["ontvanger"]?.string else { return }
            // An answer to a question of Veilig Thuis is no report.
            if record.isVeiligThuis(recipient), data["verzoek"] == nil { isReported = true }
            told.append((recipient, day))
            answer([recipient], reference: data["verzoek"]?.string)
        case .terugkoppelingOntvangen:
            guard let from = data["van"]?.string else { return }
            feedback[from] = max(feedback[from] ?? day, day)
        default: break
        }
    }

    private mutating func reopen() {
        isClosed = false
        closedUnconfirmed = false
    }

    /// Without a reference it answers whatever that recipient asked.
    private mutating func answer(_ recipients: Set<String>, reference: String?) {
        for index in requests.indices where recipients.contains(requests[index].from) {
            let asked = requests[index].reference
            if reference == nil || asked == nil || reference == asked { requests[index].isAnswered = true }
        }
    }
}
