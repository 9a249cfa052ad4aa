// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import BoardConfiguration
import Testing
import Values

/// Mailboxes, access tokens and limits of a connection.
@Suite struct MailboxTests {
    private static let ending = "shutdown_grace_seconds: 30\n"
    private static let mailbox = """
        mailboxes:
          - id: postvak
            host: imap.example
            username: post@voorbeeld.example
            password: {file: secrets/relay.password}

        """
    private static let header = "headers: {Authorization: {environment: RELAY}}"
    private static let oauth = """
        oauth:
                token_url: https://login.example/oauth2/token?organisation=0000-01
                client_id: meldpoort
                client_secret: {file: secrets/relay.password}
        """

    /// A mailbox with something changed.
    private static func mailbox(_ old: String, _ new: String, _ expected: String) -> Slip {
        Slip(ending, ending + mailbox.replacing(old, with: new, maxReplacements: 1), expected)
    }

    /// A mailbox with something added.
    private static func mailbox(_ new: String, _ expected: String) -> Slip {
        mailbox("    host", "    \(new)\n    host", expected)
    }

    /// A source of tokens with something changed.
    private static func tokens(_ old: String, _ new: String, _ expected: String, also: [String] = []) -> Slip {
        Slip(header, oauth.replacing(old, with: new, maxReplacements: 1), expected, also: also)
    }

    static let slips = [
        mailbox("‸hots: x", "error: unknown key “hots”. Did you mean “host”?"),
        mailbox("    host: imap.example\n", "", "error: the key “host” is missing here").marking("  - ", "id: postvak"),
        mailbox(
            "id: postvak", "id: ‸post vak",
            "error: “post vak” cannot be an identifier. Use at most 64 letters, digits, “-”, “_” and “.”, such as “veilig-thuis-regio”."
        ),
        mailbox(
            "imap.example", "‸imaps://imap.example",
            "error: expected a host name or an IPv4 address. Write only the name, such as relay.example."),
        mailbox("security: ‸none", "error: “none” is no known way to begin TLS. Known are: starttls, implicit_tls."),
        mailbox(
            "{file: secrets/relay.password}", "‸geheim-kanarie-7731",
            "error: a secret does not stand in the configuration itself. Write {file: secrets/name} or {environment: NAME}."
        ),
        mailbox(
            "    password: {file: secrets/relay.password}\n", "",
            "error: a mailbox has either a password or oauth. Write password: {file: secrets/name}, or oauth: {token_url: …}."
        ).marking("  - ", "id: postvak"),
        mailbox("poll_seconds: ‸5", "error: 5 is out of range: from 10 to 3600"),
        mailbox("max_message_bytes: ‸1000", "error: 1000 is out of range: from 65536 to 157286400"),
        mailbox(
            "processed_folder: ‸INBOX",
            "error: what is taken over would be moved to where it is. Name another existing folder, or remove the key."),
        mailbox(
            "folder: ‸Post*",
            #"error: “Post*” cannot be the name of a folder here. Use ASCII without “"”, “\”, “%”, “*” and “&”, such as INBOX/Verwerkt."#
        ),
        mailbox("recipients: [vt-noord, ‸vt-nord]", "error: there is no recipient “vt-nord”. Did you mean “vt-noord”?"),
        mailbox(
            "portal_senders: [‸post@portaal.example]",
            "error: “post@portaal.example” is no domain. Write only what stands after the “@”, such as portaal.example."
        ),
        mailbox(
            "match_senders: [‸a@b@c]", "error: “a@b@c” is no plain mail address. Write it as naam@voorbeeld.example."),
        mailbox(
            "match_senders: [‸index]",
            "error: “index” is no domain. Write only what stands after the “@”, such as portaal.example."),
        Slip(
            ending, ending + mailbox + mailbox.dropFirst("mailboxes:\n".count).replacing("id: ", with: "id: ‸"),
            "error: the mailbox “postvak” stands here a second time; the first is on line 60"),

        tokens(
            "token_url", "‸token_uri", "error: unknown key “token_uri”. Did you mean “token_url”?",
            also: ["the key “token_url” is missing here"]),
        tokens("https://login", "‸http://login", "error: plain http is not allowed. Use https://."),
        tokens(
            "https://login", "‸https://a:b@login",
            "error: a user name or password does not belong in an address. Use a client certificate or a header."),
        tokens(
            "?organisation=0000-01", "?a=‸ b".replacing("‸", with: ""),
            "error: the query of the address holds characters that are not allowed"
        ).marking("token_url: ", "https"),
        tokens(
            "client_id: meldpoort", "client_id: meldpoort\n        credentials_in: ‸query",
            "error: “query” is no known place of credentials. Known are: header, body."),
        tokens(
            "client_id: meldpoort", "client_id: meldpoort\n        extra_parameters: {‸grant_type: password}",
            "error: “grant_type” is set by the gateway itself. Use the key grant_type of oauth where there is one."),
        Slip(
            header, "headers: ‸{Authorization: {environment: RELAY}}\n      \(oauth)",
            "error: oauth sets the header Authorization itself. Remove one of the two."),
        Slip(header, "requests_per_minute: ‸0", "error: 0 is out of range: from 1 to 60000"),
    ]

    @Test(arguments: slips)
    func showsPlaceAndAdvice(_ slip: Slip) throws {
        let (text, expected) = slip.textAndReport
        let report = try Site([.main: text]).report()
        #expect(report.contains(expected), "got:\n\(report.joined(separator: "\n"))")
        #expect(report.count == 1 + slip.also.count, "got:\n\(report.joined(separator: "\n"))")
        #expect(!report.joined().contains(Site.secret))
    }

    @Test func everyOptionArrives() throws {
        let main = Site.text(
            of: .main, replacing: Self.ending,
            with: Self.ending + Self.mailbox + """
                    port: 1143
                    security: starttls
                    ca_file: tls/ca.pem
                    folder: Postvak IN
                    processed_folder: INBOX/Verwerkt
                    poll_seconds: 30
                    max_message_bytes: 1000000
                    recipients: [vt-noord, index]
                    portal_senders: [Portaal.Example]
                    match_senders: [index.example, Signaal@Index.example]
                    connect_timeout_seconds: 5
                    total_timeout_seconds: 60

                """)
        let site = try Site([.main: main])
        let mailboxes = try site.load().configuration.mailboxes
        #expect(mailboxes.count == 1)
        let mailbox = try #require(mailboxes.first)
        #expect(mailbox.id == "postvak")
        #expect(mailbox.host == "imap.example" && mailbox.port == 1143 && mailbox.security == .startTLS)
        #expect(mailbox.username == "post@voorbeeld.example")
        #expect(mailbox.credential == .password(Secret(Site.secret)))
        #expect(mailbox.caFile == "\(site.folder)/tls/ca.pem")
        #expect(mailbox.folder == "Postvak IN" && mailbox.processedFolder == "INBOX/Verwerkt")
        #expect(mailbox.pollSeconds == 30 && mailbox.maximumMessageBytes == 1_000_000)
        #expect(mailbox.recipients == ["vt-noord", "index"])
        #expect(mailbox.portalSenders == ["portaal.example"])
        #expect(mailbox.matchSenders == ["index.example", "signaal@index.example"])
        #expect(mailbox.connectTimeoutSeconds == 5 && mailbox.totalTimeoutSeconds == 60)
        #expect(mailbox.places["host"].line == 61)
    }

    @Test func leavingOptionsOutGivesTheDefaults() throws {
        let main = Site.text(of: .main, replacing: Self.ending, with: Self.ending + Self.mailbox)
        let mailbox = try #require(try Site([.main: main]).load().configuration.mailboxes.first)
        #expect(mailbox.port == 993 && mailbox.security == .implicitTLS)
        #expect(mailbox.folder == "INBOX" && mailbox.processedFolder == nil)
        #expect(mailbox.pollSeconds == 60 && mailbox.maximumMessageBytes == 26_214_400)
        #expect(mailbox.recipients.isEmpty && mailbox.portalSenders.isEmpty && mailbox.matchSenders.isEmpty)
        #expect(try Site().load().configuration.mailboxes.isEmpty)
    }

    @Test func tokensAndLimits() throws {
        let more =
            Self.oauth + """

                        scope: lezen schrijven
                        audience: https://api.example
                        credentials_in: body
                        extra_parameters: {resource: x}
                      requests_per_minute: 3
                      ca_file: tls/ca.pem
                """
        let main = Site.text(of: .main, replacing: Self.header, with: more)
        let site = try Site([.main: main])
        let recipient = try #require(try site.load().configuration.recipient("index"))
        guard case .api(let api) = recipient.connection, let oauth = api.oauth else { return #expect(Bool(false)) }
        #expect(oauth.tokenURL == "https://login.example/oauth2/token?organisation=0000-01")
        #expect(oauth.clientID == "meldpoort" && oauth.clientSecret == Secret(Site.secret))
        #expect(oauth.scope == "lezen schrijven" && oauth.audience == "https://api.example")
        #expect(oauth.credentialPlace == .body && oauth.extraParameters == ["resource": "x"])
        #expect(oauth.caFile == "\(site.folder)/tls/ca.pem")
        #expect(api.requestsPerMinute == 3)
        // What waits for its turn waits with its intent written, so no more wait than can go within a minute.
        #expect(recipient.maximumInFlight == 3)
        #expect(api.places["oauth.token_url"].line == 47)
    }

    @Test func aMailboxTakesTokensToo() throws {
        let oauth = "oauth: {token_url: https://login.example/t, client_id: a, client_secret: {environment: RELAY}}"
        let main = Site.text(
            of: .main, replacing: Self.ending,
            with: Self.ending + Self.mailbox.replacing("password: {file: secrets/relay.password}", with: oauth))
        let mailbox = try #require(try Site([.main: main]).load().configuration.mailboxes.first)
        guard case .oauth(let source) = mailbox.credential else { return #expect(Bool(false)) }
        #expect(source.credentialPlace == .header && source.scope == nil && source.clientSecret == Secret("x"))
        #expect(mailbox.places["oauth.client_id"].line == mailbox.places["oauth"].line)
    }
}
