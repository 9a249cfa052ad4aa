// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Gateway
import Values

extension Problem {
    /// What the gateway refused, as a caller reads it.
    init(_ error: GatewayError) {
        switch error {
        case .invalid(let problems):
            self.init(
                .ongeldigeGebeurtenis, "Herstel wat bij “problemen” staat en stuur de gebeurtenis opnieuw.",
                items: problems.map(Item.init))
        case .invalidPeriod(let text):
            self.init(
                .ongeldigVerzoek, "Van deze periode zijn er geen cijfers.",
                items: [Item("ongeldigePeriode", at: "?", text)])
        case .forbidden(let reason):
            self.init(.geenToegang, reason.text)
            members["reden"] = .string(reason.rawValue)
        case .idTaken:
            self.init(
                .kenmerkInGebruik,
                "Van deze bron is al een andere gebeurtenis met dit id aangenomen. Geef elke gebeurtenis een eigen id; "
                    + "opnieuw versturen kan alleen met precies dezelfde inhoud.")
        case .noSuchDelivery, .noSuchEvent, .noSuchCase, .noSuchMail, .noSuchOwedItem: self = .notFound
        case .wrongState(let actual, let needed): self = .wrongState(actual, needed: needed)
        case .refused(let code, let article, let text):
            self.init(.geweigerdDoorRegels, text)
            members["reden"] = .string(code)
            if !article.isEmpty { members["artikel"] = .string(article) }
        case .unavailable: self = .unavailable
        case .fault: self = .fault
        case .corrupt: self = .damaged
        }
    }

    init(_ error: StoreError) {
        switch error {
        case .unavailable: self = .unavailable
        case .invalidChange: self = .fault
        default: self = .damaged
        }
    }

    private static func wrongState(_ actual: DeliveryState, needed: [DeliveryState]) -> Problem {
        let words = needed.map(\.word)
        var problem = Problem(
            .verkeerdeStatus,
            "Deze aflevering heeft de status “\(actual.word)”."
                + (words.isEmpty ? "" : " Dit kan alleen bij: \(words.joined(separator: ", "))."))
        problem.members["huidigeStatus"] = .string(actual.word)
        problem.members["nodigeStatus"] = .array(words.map(JSONValue.string))
        return problem
    }
}

/// Runs an act of the gateway and turns what it refuses into a problem for the caller.
func telling<Value: Sendable>(
    _ act: () async throws(GatewayError) -> Value
) async throws(Problem) -> Value {
    do {
        return try await act()
    } catch {
        throw Problem(error)
    }
}
