// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Mail
import Testing

/// What a mail is taken to be. The table is the rule.
@Suite struct SortingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let what: String
        let mail: [UInt8]
        let kind: MailKind
        var testDescription: String { what }

        init(_ what: String, _ mail: [UInt8], _ kind: MailKind) {
            self.what = what
            self.mail = mail
            self.kind = kind
        }
    }

    static let sorting = MailSorting(
        portalSenders: ["noreply@portaal.example", "zwaar.example"], matchSenders: ["@index.example"])
    static let portal = "Portaal <noreply@portaal.example>"
    static let index = "Index <melding@post.index.example>"
    static let failed =
        "Authentication-Results: mx.bestuur.example; dmarc=fail header.from=portaal.example"
    static let letter = Letter.attachment("application/pdf", name: "brief.pdf", "%PDF-1.7 proef")
    static let words = ["Content-Type: text/plain", "", "Zie de brief."]

    static let rows = [
        Row("a person's mail", Letter.plain(), .bericht),
        Row("Auto-Submitted: no is a person's", Letter.plain(["Auto-Submitted: no"]), .bericht),
        Row("an automatic reply", Letter.plain(["Auto-Submitted: auto-replied"]), .automatisch),
        Row(
            "with a parameter", Letter.plain(["Auto-Submitted: Auto-Replied; owner-email=\"x\""]),
            .automatisch),
        Row("out of office of Exchange", Letter.plain(["X-Auto-Response-Suppress: All"]), .automatisch),
        Row("what suppresses nothing", Letter.plain(["X-Auto-Response-Suppress: None"]), .bericht),
        Row("a generated mail", Letter.plain(["Auto-Submitted: auto-generated"]), .automatisch),
        Row("bulk", Letter.plain(["Precedence: Bulk"]), .automatisch),
        Row("auto_reply", Letter.plain(["Precedence: auto_reply"]), .automatisch),
        Row("first-class", Letter.plain(["Precedence: first-class"]), .bericht),
        Row("an old autoresponder", Letter.plain(["X-Autoreply: yes"]), .automatisch),
        Row("no return path", Letter.plain(["Return-Path: <>"]), .automatisch),
        Row("a return path", Letter.plain(["Return-Path: <mw@partner.example>"]), .bericht),
        Row(
            "a machine that brings a letter",
            Letter.multipart([words, letter], headers: ["Auto-Submitted: auto-generated"]), .bericht),
        Row(
            "a failure report", Letter.multipart(Letter.report, subtype: "report; report-type=delivery-status"),
            .bezorgfout),
        Row(
            "a delay report",
            Letter.multipart(
                Letter.report.map { $0.map { $0.replacing("Action: failed", with: "Action: delayed") } },
                subtype: "report; report-type=delivery-status"),
            .automatisch),
        Row(
            "a portal's notice", Letter.plain(["Auto-Submitted: auto-generated"], from: portal),
            .portaalbericht),
        Row(
            "a portal without a return path", Letter.plain(["Return-Path: <>"], from: portal),
            .portaalbericht),
        Row("a portal by its domain", Letter.plain(from: "x@mail.zwaar.example"), .portaalbericht),
        Row("a domain that only ends so", Letter.plain(from: "x@nietzwaar.example"), .bericht),
        Row("another address of the portal", Letter.plain(from: "help@portaal.example"), .bericht),
        Row(
            "a portal's out of office", Letter.plain(["Auto-Submitted: auto-replied"], from: portal),
            .automatisch),
        Row(
            "a name like the portal", Letter.plain(from: "\"noreply@portaal.example\" <x@kwaad.example>"),
            .bericht),
        Row("the portal's name, forged", Letter.plain([failed], from: portal), .bericht),
        Row("two authors", Letter.plain(from: "noreply@portaal.example, x@kwaad.example"), .bericht),
        Row("two From headers", Letter.plain(["From: x@kwaad.example"], from: portal), .bericht),
        Row("the index", Letter.plain(["Auto-Submitted: auto-generated"], from: index), .matchbericht),
        Row("no author at all", Letter.bytes(["Subject: x", "", "Dag."]), .bericht),
    ]

    @Test(arguments: rows) func kind(_ row: Row) throws {
        #expect(Self.sorting.kind(of: try Letter.read(row.mail)) == row.kind)
    }

    @Test func onlyAutomaticMailNeedsNobody() {
        #expect(MailKind.allCases.filter { !$0.needsPerson } == [.automatisch])
        #expect(MailKind.allCases.filter(\.staysInMailbox) == [.onleesbaar, .teGroot])
    }
}

/// Nobody is believed; who was found to be a forger is shown as one.
@Suite struct SenderCheckTests {
    struct Row: Sendable {
        let results: [String]
        let trusted: SenderCheck
        let untrusted: SenderCheck
    }

    static let rows = [
        Row(results: [], trusted: .onbekend, untrusted: .onbekend),
        Row(results: ["mx.eigen.example; dmarc=pass"], trusted: .geslaagd, untrusted: .onbekend),
        Row(
            results: ["mx.eigen.example 1; dmarc=pass (p=reject)"], trusted: .geslaagd,
            untrusted: .onbekend),
        Row(results: ["mx.vreemd.example; dmarc=pass"], trusted: .onbekend, untrusted: .onbekend),
        Row(
            results: ["mx.eigen.example; dmarc=fail (dmarc=pass)"], trusted: .gezakt, untrusted: .gezakt),
        Row(results: ["mx.eigen.example; none"], trusted: .onbekend, untrusted: .onbekend),
        Row(
            results: ["mx.eigen.example; spf=softfail; dkim=none"], trusted: .gezakt, untrusted: .gezakt),
        Row(
            results: ["mx.eigen.example; spf=fail; dkim=pass"], trusted: .onbekend, untrusted: .onbekend),
        Row(results: ["mx.eigen.example; spf=pass"], trusted: .onbekend, untrusted: .onbekend),
        // What stands below came with the mail.
        Row(
            results: ["mx.eigen.example; dmarc=fail", "mx.eigen.example; dmarc=pass"], trusted: .gezakt,
            untrusted: .gezakt),
    ]

    @Test(arguments: rows) func check(_ row: Row) throws {
        let mail = Letter.plain(row.results.map { "Authentication-Results: \($0)" })
        #expect(try Letter.read(mail, trusting: "mx.eigen.example").sender.check == row.trusted)
        #expect(try Letter.read(mail).sender.check == row.untrusted)
    }

    @Test func severalAuthorsAreNeverAPlainSender() throws {
        let mail = Letter.plain(
            ["Authentication-Results: mx.eigen.example; dmarc=pass"],
            from: "a@partner.example, b@kwaad.example")
        #expect(try Letter.read(mail, trusting: "mx.eigen.example").sender.check == .gezakt)
    }
}
