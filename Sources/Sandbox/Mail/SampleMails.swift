// SPDX-License-Identifier: EUPL-1.2

/// The samples. None of them holds a name that could be somebody's; all addresses end in `.example`.
extension SampleMail {
    /// Every sample of a thread. The large one of `withLargePDF` is there as well.
    public static func all(_ thread: Thread = Thread()) -> [SampleMail] {
        [
            reply(thread), acknowledgement(thread), question(thread), automaticReply(thread), bounce(thread),
            portalNotice(thread), matchNotice(thread), spoofedReply(thread), hostile(thread), withLargePDF(thread),
            nested(thread), latin1(thread), encodedSubject(thread), forwarded(thread), withoutReference(thread),
            withForbiddenAttachments(thread), informationRequest(thread),
        ]
    }

    /// Veilig Thuis writes back with feedback, quotes our reference and gives its own.
    public static func reply(_ thread: Thread = Thread()) -> SampleMail {
        SampleMail(
            "terugkoppeling", headers: thread.headers("antwoord", subject: thread.quotedSubject),
            body: [
                "Geachte heer, mevrouw,", "",
                "Uw melding met kenmerk \(thread.reference) is beoordeeld. Ons kenmerk is VT-VOORBEELD-0042.",
                "De veiligheidsbeoordeling is afgerond; wij doen onderzoek en bellen u over de uitkomst.", "",
                "Met vriendelijke groet,", "Veilig Thuis Voorbeeldregio", "",
                "> Kenmerk: \(thread.reference)",
            ])
    }

    /// It only says that the mail came in.
    public static func acknowledgement(_ thread: Thread = Thread()) -> SampleMail {
        SampleMail(
            "ontvangstbevestiging",
            headers: thread.headers("ontvangst", subject: "Ontvangstbevestiging \(thread.reference)"),
            body: ["Wij hebben uw bericht met kenmerk \(thread.reference) ontvangen."])
    }

    /// It asks something.
    public static func question(_ thread: Thread = Thread()) -> SampleMail {
        SampleMail(
            "vraag", headers: thread.headers("vraag", subject: thread.quotedSubject),
            body: ["Over kenmerk \(thread.reference): op welk nummer bent u vanmiddag bereikbaar?"])
    }

    /// An absence notice, marked as RFC 3834 (5) says. It quotes our reference and changes nothing.
    public static func automaticReply(_ thread: Thread = Thread()) -> SampleMail {
        SampleMail(
            "automatisch antwoord",
            headers: ["Return-Path: <>"]
                + thread.headers(
                    "afwezig", subject: "Automatisch antwoord: Beveiligd bericht, kenmerk \(thread.reference)")
                + ["Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "Precedence: bulk"],
            body: ["Ik ben afwezig tot en met vrijdag. Bel bij spoed 0800-2000."])
    }

    /// A report that our mail was not delivered (RFC 3464), our headers with it.
    public static func bounce(_ thread: Thread = Thread()) -> SampleMail {
        let type = "multipart/report; report-type=delivery-status; boundary=\"=_bericht\""
        return SampleMail(
            "onbestelbaar",
            headers: ["Return-Path: <>"]
                + thread.headers(
                    "onbestelbaar", from: "MAILER-DAEMON@relay.example", subject: "Undelivered Mail Returned to Sender",
                    isReply: false, type: type, encoding: "7bit")
                + ["Auto-Submitted: auto-replied"],
            body: [
                "--=_bericht", "Content-Type: text/plain; charset=us-ascii", "",
                "The message could not be delivered.", "--=_bericht", "Content-Type: message/delivery-status", "",
                "Reporting-MTA: dns; relay.example", "", "Final-Recipient: rfc822; \(thread.theirs)", "Action: failed",
                "Status: 5.2.2", "--=_bericht", "Content-Type: text/rfc822-headers", "",
                "Message-ID: \(thread.messageID)", "Subject: Beveiligd bericht, kenmerk \(thread.reference)",
                "--=_bericht--",
            ])
    }

    /// A secure-mail portal says that something waits there. The link must never be followed.
    public static func portalNotice(_ thread: Thread = Thread()) -> SampleMail {
        let type = "multipart/alternative; boundary=\"=_portaal\""
        let link = "https://portaal.beveiligdemail.example/bericht/0123456789abcdef?open=1"
        return SampleMail(
            "portaalbericht",
            headers: thread.headers(
                "portaal", from: "Beveiligde mail <noreply@beveiligdemail.example>",
                subject: "Veilig Thuis Voorbeeldregio heeft u een beveiligd bericht gestuurd", isReply: false,
                type: type,
                encoding: "7bit") + ["Auto-Submitted: auto-generated"],
            body: [
                "--=_portaal", "Content-Type: text/plain; charset=utf-8", "",
                "Er staat een beveiligd bericht voor u klaar. Open het hier:", link,
                "Het bericht is 30 dagen beschikbaar.", "--=_portaal", "Content-Type: text/html; charset=utf-8", "",
                "<p>Er staat een <a href=\"\(link)\">beveiligd bericht</a> voor u klaar.</p>",
                "<img src=\"https://beveiligdemail.example/gezien.gif?id=0123456789abcdef\" width=\"1\" height=\"1\">",
                "--=_portaal--",
            ])
    }

    /// The verwijsindex says that there is a match: contact data of another professional and nothing else. The form is not
    /// published: assumed.
    public static func matchNotice(_ thread: Thread = Thread()) -> SampleMail {
        SampleMail(
            "match",
            headers: thread.headers(
                "match", from: "noreply@verwijsindex.example", subject: "U heeft een match in de verwijsindex",
                isReply: false) + ["Auto-Submitted: auto-generated"],
            body: [
                "Er is een match ontstaan op een signaal van uw organisatie.", "",
                "Signaalnummer: \(thread.reference)", "Matchnummer: MATCH-VOORBEELD-0007",
                "Professional: T. Voorbeeld-Hulpverlener", "Functie: jeugdconsulent",
                "Organisatie: Wijkteam Voorbeeldstad", "Telefoon: 088-0000042",
                "E-mail: wijkteam@voorbeeldstad.example", "",
                "Neem contact met elkaar op. Log in om de match te bekijken.",
            ])
    }

    /// Not from Veilig Thuis, though it says so: another domain behind the name, failed checks on its way, an instruction
    /// to send data elsewhere. It quotes a reference as if it were a reply.
    public static func spoofedReply(_ thread: Thread = Thread()) -> SampleMail {
        SampleMail(
            "vervalst antwoord",
            headers: [
                "Authentication-Results: mx.bestuur.example; spf=fail smtp.mailfrom=veiligthuis.example;"
                    + "\r\n dkim=none; dmarc=fail header.from=veiligthuis-meldingen.example"
            ]
                + thread.headers(
                    "vervalst", from: "\"Veilig Thuis (\(thread.theirs))\" <hulp@veiligthuis-meldingen.example>",
                    subject: thread.quotedSubject)
                + ["Reply-To: hulp@elders.example"],
            body: [
                "Kenmerk \(thread.reference): stuur het volledige dossier vandaag nog naar dit adres."
            ])
    }

    /// Lines that look like answers of an IMAP server, in headers and body, and other things that trip a reader up:
    /// a lone point, a mailbox separator, a literal's length, headers inside the body.
    public static func hostile(_ thread: Thread = Thread()) -> SampleMail {
        SampleMail(
            "vijandig",
            headers: thread.headers("vijandig", subject: "A007 OK [COPYUID 1 1 1] kenmerk \(thread.reference)") + [
                "X-Regel: * 1 FETCH (UID 1 FLAGS (\\Deleted))", "X-Meldpoort-Kenmerk: \(thread.reference)",
            ],
            body: [
                "A001 OK LOGIN completed", "* BYE tot ziens", ")", "A007 OK FETCH completed", "* 2 EXISTS",
                "* OK [UIDVALIDITY 4294967295] UIDs valid", "* SEARCH 1 2 3", "+ idling", ".", "", "From iemand",
                "From: directie@bestuur.example", "Kenmerk: ander-kenmerk-9999", "{310}", "A002 LOGOUT",
                "\u{7F}\u{1B}[2J",
                "QUIT",
            ])
    }

    /// With a PDF of `megabytes` MB in base64.
    public static func withLargePDF(_ thread: Thread = Thread(), megabytes: Int = 3) -> SampleMail {
        let type = "multipart/mixed; boundary=\"=_groot\""
        let start = [
            "--=_groot", "Content-Type: text/plain; charset=utf-8", "",
            "Bij kenmerk \(thread.reference) ontvangt u onze brief als bijlage.", "--=_groot",
            "Content-Type: application/pdf; name=\"brief.pdf\"", "Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment; filename=\"brief.pdf\"", "",
        ]
        var body = Array(start.map { $0 + "\r\n" }.joined().utf8)
        body += foldedBase64(largePDF(bytes: megabytes * 1_000_000))
        body += Array("--=_groot--\r\n".utf8)
        return SampleMail(
            "met grote bijlage",
            headers: thread.headers("groot", subject: thread.quotedSubject, type: type, encoding: "7bit"), bytes: body)
    }
}
