// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import BoardConfiguration
import Delivery
import Disclosures
import Values

/// The relay for notices, and ICT's addresses.
public struct NoticeMailer: Sendable {
    public let transport: any OutboundTransport
    public let ict: [String]

    public init(transport: any OutboundTransport, ict: [String]) {
        self.transport = transport
        self.ict = ict
    }
}

/// Mails the notices that commits made: content-free, in order, again until the relay takes them.
final class Notifier: Sendable {
    private let model: GatewayModel
    private let store: any Store
    private let mailer: NoticeMailer?
    private let surroundings: Surroundings
    private let metrics: GatewayMetrics
    private let wakes: AsyncStream<Void>
    private let wakeNext: AsyncStream<Void>.Continuation

    /// Between attempts while the relay is away: soon, since a notice may be about a child in danger.
    private static let retrySeconds = 30

    init(
        model: GatewayModel, store: any Store, mailer: NoticeMailer?, surroundings: Surroundings,
        metrics: GatewayMetrics
    ) {
        self.model = model
        self.store = store
        self.mailer = mailer
        self.surroundings = surroundings
        self.metrics = metrics
        (wakes, wakeNext) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func wake() { wakeNext.yield() }

    func stop() { wakeNext.finish() }

    func run() async {
        guard let mailer else { return }
        for await _ in wakes {
            let isDone = await sendAll(with: mailer)
            if !isDone {
                // Not in the loop itself: a stop must not wait for it.
                Task { [surroundings, wakeNext] in
                    await surroundings.sleepUntil(surroundings.now().adding(seconds: Self.retrySeconds))
                    wakeNext.yield()
                }
            }
        }
    }

    /// False when something is left to be tried again.
    private func sendAll(with mailer: NoticeMailer) async -> Bool {
        var filter = NoticeFilter()
        filter.unsentOnly = true
        guard let notices = try? await store.notices(filter) else { return false }
        // Who has no address is not looked at again each time.
        let reachable = notices.filter { !addresses(of: $0, mailer).isEmpty }
        guard let meant = await stillMeant(reachable) else { return false }
        var isDone = true
        for bundle in Self.bundled(meant) {
            let addresses = addresses(of: bundle[0], mailer)
            let isSent = await send(bundle, to: addresses, with: mailer)
            isDone = isDone && isSent
        }
        return isDone
    }

    /// Without those that waited so long that nobody may or need hear of them any more: to who was barred from the case since
    /// (practice 7), or a reminder of what is done. Nil when the store cannot be read.
    private func stillMeant(_ notices: [StoredNotice]) async -> [StoredNotice]? {
        var meant: [StoredNotice] = []
        for notice in notices {
            guard let number = notice.owedItem else {
                meant.append(notice)
                continue
            }
            guard let item = try? await store.owedItem(number) else { return nil }
            var barred: Set<String> = []
            if let zaak = item.caseNumber {
                guard let found = try? await store.barred(fromCase: zaak) else { return nil }
                barred = found
            }
            let isBarred = if case .person(let id) = notice.addressee { barred.contains(id) } else { false }
            let isOver = notice.kind == .owedReminder && item.state != .open
            if !isBarred, !isOver { meant.append(notice) }
        }
        return meant
    }

    /// Reminders that wait for the same person are one mail; all else goes by itself, in order.
    private static func bundled(_ notices: [StoredNotice]) -> [[StoredNotice]] {
        var bundles: [[StoredNotice]] = []
        var placeOf: [NewNotice.Addressee: Int] = [:]
        for notice in notices {
            guard notice.kind == .owedReminder else {
                bundles.append([notice])
                continue
            }
            if let place = placeOf[notice.addressee], bundles[place].count < 100 {
                bundles[place].append(notice)
            } else {
                placeOf[notice.addressee] = bundles.count
                bundles.append([notice])
            }
        }
        return bundles
    }

    private func addresses(of notice: StoredNotice, _ mailer: NoticeMailer) -> [String] {
        switch notice.addressee {
        case .ict: mailer.ict
        case .person(let id): [model.directory.person(id)?.email].compactMap { $0 }
        }
    }

    private func send(_ bundle: [StoredNotice], to addresses: [String], with mailer: NoticeMailer) async -> Bool {
        guard let text = await text(of: bundle) else { return false }
        let mail = MailMessage(
            to: addresses, subject: text.subject, text: text.body, messageIDLocalPart: "bericht-\(bundle[0].id)")
        let exchange = await mailer.transport.send(mail)
        let isSent = if case .answered(let receipt) = exchange { (200..<300).contains(receipt.code) } else { false }
        var change = Change()
        let now = surroundings.now()
        change.settledNotices = bundle.map { notice in
            NoticeSettlement(
                notice: notice.id, sentAt: isSent ? now : nil,
                dueAt: isSent ? nil : now.adding(seconds: Self.retrySeconds))
        }
        _ = try? await store.commit(change)
        if isSent { metrics.count("meldpoort_notices_sent_total") }
        return isSent
    }

    /// Nil when the store cannot be read.
    private func text(of bundle: [StoredNotice]) async -> (subject: String, body: String)? {
        var owed: [OwedNoticeText] = []
        for notice in bundle {
            guard let number = notice.owedItem else { continue }
            guard let item = try? await store.owedItem(number) else { return nil }
            owed.append(OwedNoticeText(item, model.owed, today: surroundings.now().calendarDateInAmsterdam))
        }
        if owed.count > 1 { return OwedNoticeText.together(owed) }
        return NoticeText.of(
            bundle[0], recipientName: model.recipients[bundle[0].recipientID]?.recipient.name, owed: owed.first)
    }
}

/// The fixed texts of notices. They hold numbers and names of organisations, never anything about a case.
enum NoticeText {
    /// - Parameter owed: for a notice about what is owed.
    static func of(
        _ notice: StoredNotice, recipientName: String?, owed: OwedNoticeText? = nil
    ) -> (subject: String, body: String) {
        let recipient = recipientName ?? notice.recipientID
        let number = notice.delivery.map(String.init) ?? "-"
        return switch notice.kind {
        case .notArrived:
            (
                "Nog niet aangekomen: aflevering \(number)",
                """
                Aflevering \(number) aan \(recipient) is nog niet aangekomen (\(stateText(notice.cause))).

                \(Urgency.warning)

                Leg daarna vast wat u telefonisch hebt verstrekt. Meer staat in Meldpoort bij aflevering \(number).
                Dit bericht bevat met opzet niets over de zaak zelf.
                """
            )
        case .holdReminder:
            (
                "Wacht op u: aflevering \(number)",
                """
                Aflevering \(number) aan \(recipient) wacht op een persoon (\(notice.cause.prefix { $0 != "/" })). Er gaat niets vanzelf weg.

                Kijk in Meldpoort bij aflevering \(number) wat er nodig is. Dit bericht bevat met opzet niets over de zaak zelf.
                """
            )
        case .holdExpired:
            (
                "Verlopen: aflevering \(number)",
                """
                Aflevering \(number) aan \(recipient) heeft te lang gewacht en is geannuleerd. Er is niets verstrekt.

                Is het nog nodig, dien het dan opnieuw in. Dit bericht bevat met opzet niets over de zaak zelf.
                """
            )
        case .recipientTroubleBegan:
            (
                "Storing: \(recipient) is niet bereikbaar",
                "Meldpoort kan niet afleveren bij \(recipient). Afleveringen blijven in de wachtrij. U hoort als het voorbij is.\n\nZie: meldpoort adapter probe \(notice.recipientID)"
            )
        case .recipientTroubleEnded:
            ("Storing voorbij: \(recipient) is weer bereikbaar", "Meldpoort levert weer af bij \(recipient).")
        case .mailboxTroubleBegan:
            (
                "Storing: de postbus \(notice.recipientID) is niet te lezen",
                "Meldpoort kan de postbus \(notice.recipientID) niet lezen of opruimen. Er gaat niets verloren: de berichten blijven in de postbus. U hoort als het voorbij is.\n\nKijk naar adres, wachtwoord, certificaat en de map voor verwerkte post: meldpoort mail probe \(notice.recipientID)"
            )
        case .mailboxTroubleEnded:
            (
                "Storing voorbij: de postbus \(notice.recipientID) wordt weer gelezen",
                "Meldpoort leest de postbus \(notice.recipientID) weer."
            )
        case .postArrived:
            (
                "Er is post om te beoordelen",
                "In Meldpoort ligt nieuwe post (postbus \(notice.recipientID)) waarvan een persoon moet zeggen wat het is: meldpoort mail list. Dit bericht bevat met opzet niets over de zaak zelf."
            )
        case .owedReminder, .owedLapsed, .concernTakenUp: owed?.text(for: notice.kind) ?? ("Bericht van Meldpoort", "")
        }
    }

    private static func stateText(_ cause: String) -> String {
        switch Urgency.state(ofCause: cause) {
        case .waiting: "wacht op bevestiging door een persoon"
        case .releasable: "wacht tot iemand de tekst vrijgeeft en doorgeeft"
        case .released: "vrijgegeven maar nog niet afgesloten"
        case .parked: "pogingen mislukt, wacht op een persoon"
        case .rejected: "afgewezen door de ontvanger"
        case .unknown: "onbekend of het is aangekomen"
        case .refused: "geweigerd door de privacyregels"
        default: "niet binnen de afgesproken tijd aangenomen"
        }
    }
}
