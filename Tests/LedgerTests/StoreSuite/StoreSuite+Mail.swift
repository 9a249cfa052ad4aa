// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

extension StoreSuite {
    static let mail = mailTaken + mailPlaced

    private static let mailTaken = [
        StoreCase("a message is taken once, under whatever number it comes again") { store in
            _ = try await store.commit(Post.arrival(1, "een"))
            _ = try await store.commit(Post.arrival(1, "een"))
            _ = try await store.commit(Post.arrival(2, "twee"))
            // Everything got a new number, and one message is new.
            _ = try await store.commit(Post.arrival(1, "een", validity: 8))
            _ = try await store.commit(Post.arrival(2, "drie", validity: 8))
            // The same message in another mailbox is another one.
            _ = try await store.commit(Post.arrival(1, "een", mailbox: "tweede"))
            let mails = try await store.mails(Post.everything)
            #expect(mails.map(\.mailbox) == ["eerste", "eerste", "eerste", "tweede"])
            #expect(mails.allSatisfy { $0.isOpen && $0.kind == .bericht && $0.placement == nil && $0.hasContent })
            let contents = try await Post.contents(store)
            #expect(contents == ["een", "twee", "drie", "een"])
            let queue = try await store.mailQueue("eerste", uidValidity: nil)
            #expect(queue == MailQueue(uidValidity: 8, settledThrough: 2, toFile: [1, 2]))
            #expect(try await store.mailQueue("eerste", uidValidity: 7)?.settledThrough == 2)
            #expect(try await store.mailQueue("derde", uidValidity: nil) == nil)
        },
        StoreCase("what could not be fetched is the same at the same place only") { store in
            for position in [(7, 1), (7, 1), (7, 2), (8, 1)] as [(UInt32, UInt32)] {
                var change = Change()
                change.mail.arrived = NewMail(
                    position: .init(mailbox: "eerste", uidValidity: position.0, uid: position.1),
                    settledThrough: position.1, identity: nil, kind: .teGroot, receivedAt: Sample.now, size: 9,
                    mustFile: false)
                _ = try await store.commit(change)
            }
            let mails = try await store.mails(Post.everything)
            #expect(mails.count == 3 && mails.allSatisfy { $0.kind == .teGroot && !$0.hasContent })
            #expect(try await store.mailContent(1) == nil)
            #expect(try await store.mailQueue("eerste", uidValidity: nil)?.toFile == [])
        },
        StoreCase("a gap is remembered, and the place in the queue never goes back") { store in
            _ = try await store.commit(Post.arrival(1, "een"))
            _ = try await store.commit(Post.arrival(3, "drie", settled: 1))
            #expect(
                try await store.mailQueue("eerste", uidValidity: 7)
                    == MailQueue(uidValidity: 7, settledThrough: 1, taken: [3], toFile: [1, 3]))
            var change = Change()
            change.mail.settled = .init(mailbox: "eerste", uidValidity: 7, uid: 3)
            change.mail.filed = [.init(mailbox: "eerste", uidValidity: 7, uid: 1)]
            _ = try await store.commit(change)
            _ = try await store.commit(Post.arrival(2, "twee", settled: 2))
            #expect(
                try await store.mailQueue("eerste", uidValidity: 7)
                    == MailQueue(uidValidity: 7, settledThrough: 3, toFile: [2, 3]))
        },
        StoreCase("notices and what is owed come with a new message alone, and carry its number") { store in
            for uid in [1, 2] as [UInt32] {
                var change = Post.arrival(uid, "een")
                change.mail.arrived?.notices = [
                    NewNotice(
                        kind: .postArrived, addressee: .person("ib-de-linde"), recipientID: "eerste", subject: nil,
                        cause: "post", createdAt: Sample.now)
                ]
                change.mail.arrived?.owed = NewOwedItem(
                    .postBeoordelen, .known(caseNumber: nil, school: nil), since: Sample.now,
                    dueOn: Sample.now.calendarDateInAmsterdam, nextAt: Sample.now)
                _ = try await store.commit(change)
            }
            #expect(try await store.notices(NoticeFilter()).map(\.kind) == [.postArrived])
            var filter = OwedFilter()
            filter.includesBoard = true
            #expect(try await store.owedItems(filter).map(\.subject) == [1])
        },
        StoreCase("attachments open at their own place") { store in
            var change = Post.arrival(1, "een")
            change.mail.arrived?.attachments = [
                .init(number: 1, bytes: Array("bijlage een".utf8)), .init(number: 3, bytes: [0, 255]),
            ]
            _ = try await store.commit(change)
            #expect(try await store.mailAttachment(1, of: 1) == Array("bijlage een".utf8))
            #expect(try await store.mailAttachment(3, of: 1) == [0, 255])
            #expect(try await store.mailAttachment(2, of: 1) == nil)
            #expect(try await store.mailAttachment(1, of: 2) == nil)
        },
    ]

    private static let mailPlaced = [
        StoreCase("an answer is placed by what was given along, and by nothing else") { store in
            let one = try await store.stored(Sample.change(Sample.event("1"), [Sample.delivery(), Sample.delivery()]))
            let two = try await store.stored(
                Sample.change(Sample.event("2", caseReference: "zaak-2", school: "02CD"), [Sample.delivery()]))
            var change = Sample.sending(one.deliveries[0])
            change.mail.references = [
                .init("MP-1", delivery: one.deliveries[0]), .init("sleutel-1", delivery: one.deliveries[0]),
                .init("MP-1", delivery: one.deliveries[1]), .init("MP-2", delivery: two.deliveries[0]),
            ]
            _ = try await store.commit(change)
            let found = try await store.mailPlacements(["MP-0", "sleutel-1", "MP-1"])
            let expected = MailPlacement(caseNumber: 1, school: "01AB", recipientID: "veilig-thuis-proef")
            #expect(found == [expected])
            #expect(try await store.mailPlacements(["MP-2", "MP-1"]).map(\.school) == ["02CD", "01AB"])
            #expect(try await store.mailPlacements(["mp-1", ""]).isEmpty)
            _ = try await store.commit(Post.arrival(1, "een", placed: expected))
            let mail = try #require(try await store.mail(1))
            #expect(mail.placement == expected)
            #expect(try await Post.contents(store) == ["een"])
            #expect(try await store.firstEvent(ofCase: 1) == one.event)
        },
        StoreCase("a person places a mail, may correct that, and nothing is written over") { store in
            _ = try await store.commit(Post.arrival(1, "een"))
            _ = try await store.commit(Post.judgement("1", "vraag", zaak: "zaak-1"))
            #expect(try await store.mail(1)?.placement?.school == "01AB")
            #expect(try await store.mail(1)?.isOpen == false)
            #expect(try await Post.contents(store) == ["een"])
            await #expect(throws: StoreError.mailJudged(1)) {
                try await store.commit(Post.judgement("2", "vraag", zaak: "zaak-1"))
            }
            #expect(try await store.event(2) == nil, "what is refused leaves no event")
            // The same event again is a repeat and no second judgement.
            let again = try await store.commit(Post.judgement("1", "vraag", zaak: "zaak-1"))
            #expect(again == .duplicate(event: 1))
            _ = try await store.commit(Post.judgement("3", "terugkoppeling", zaak: "zaak-2"))
            let verdicts = try await store.mailJudgements(of: 1)
            #expect(verdicts.map(\.verdict) == ["vraag", "terugkoppeling"])
            #expect(verdicts.map(\.event) == [1, 2] && verdicts.allSatisfy { $0.personID == "ib-de-linde" })
            #expect(try await store.mail(1)?.placement?.caseNumber == 2)
            #expect(try await Post.contents(store) == ["een"])
        },
        StoreCase("what a mail was judged to be may still be recorded, with all that it does") { store in
            let record = "nl.meldcode.terugkoppeling-ontvangen.v1"
            _ = try await store.commit(Post.arrival(1, "een"))
            var expected = Sample.change(Sample.event("0"))
            expected.owedSteps = [
                .open(
                    NewOwedItem(
                        .terugkoppelingBesluit, .event, since: Sample.now,
                        dueOn: Sample.now.calendarDateInAmsterdam, nextAt: Sample.later))
            ]
            _ = try await store.commit(expected)
            _ = try await store.commit(Post.judgement("1", "terugkoppeling", zaak: "zaak-1"))
            #expect(try await store.owedItem(1)?.state == .open)
            var recorded = Post.judgement("2", "terugkoppeling", zaak: "zaak-1", type: record)
            recorded.owedSteps = [
                .close(OwedClosing(.terugkoppelingBesluit, .event, state: .done, at: Sample.later))
            ]
            let event = try await store.stored(recorded).event
            #expect(try await store.owedItem(1)?.closedBy == event)
            // A correction names the same mail once more.
            _ = try await store.stored(Post.judgement("3", "terugkoppeling", zaak: "zaak-1", type: record))
            #expect(try await store.mailJudgements(of: 1).map(\.verdict) == ["terugkoppeling"])
            // Of another case it is another judgement.
            _ = try await store.stored(Post.judgement("4", "terugkoppeling", zaak: "zaak-2", type: record))
            #expect(try await store.mailJudgements(of: 1).map(\.verdict) == ["terugkoppeling", "terugkoppeling"])
            #expect(try await store.mail(1)?.placement?.caseNumber == 2)
            #expect(try await Post.contents(store) == ["een"])
        },
        StoreCase("judging closes what was owed about it, in whichever case that was") { store in
            try await Post.toBeJudged(store)
            _ = try await store.commit(Post.judgement("1", "vraag", zaak: "zaak-1"))
            #expect(try await store.owedItem(1)?.state == .done)
            #expect(try await store.nextOwedLook() == nil)
        },
        StoreCase("what has a clock of its own is owed until it is recorded, in whichever case that is") { store in
            try await Post.toBeJudged(store)
            for (number, verdict) in [("1", "match"), ("2", "informatieverzoek")] {
                _ = try await store.commit(Post.judgement(number, verdict, zaak: "zaak-1"))
                #expect(try await store.owedItem(1)?.state == .open)
            }
            #expect(try await store.mail(1)?.isOpen == false)
            let record = "nl.meldcode.informatieverzoek-ontvangen.v1"
            let event = try await store.stored(
                Post.judgement("3", "informatieverzoek", zaak: "zaak-1", type: record)
            ).event
            #expect(try await store.owedItem(1)?.closedBy == event)
            #expect(try await store.mailJudgements(of: 1).map(\.verdict) == ["match", "informatieverzoek"])
        },
        StoreCase("a mail that is not there cannot be judged") { store in
            #expect(await store.refusesAsInvalid(Post.judgement("1", "vraag", zaak: "zaak-1")))
            var change = Change()
            change.mail.judged = NewMailJudgement(mail: 1, verdict: "vraag", personID: "x", at: Sample.now)
            #expect(await store.refusesAsInvalid(change), "without an event there is no judgement")
            change = Change()
            change.mail.readings = [
                MailReading(mail: 1, attachment: nil, personID: "x", tokenID: "t", at: Sample.now)
            ]
            #expect(await store.refusesAsInvalid(change))
        },
        StoreCase("who sees which mail") { store in
            _ = try await store.commit(Post.arrival(1, "een"))
            _ = try await store.commit(Post.judgement("1", "vraag", zaak: "zaak-1"))
            _ = try await store.commit(Post.arrival(2, "twee"))
            _ = try await store.commit(Post.arrival(3, "drie", kind: .automatisch))
            var barring = Sample.change(Sample.event("9", caseReference: "zaak-1"))
            barring.barred = ["directie"]
            _ = try await store.commit(barring)
            var filter = MailFilter()
            #expect(try await store.mails(filter).isEmpty)
            filter.schools = ["01AB", "02CD"]
            #expect(try await store.mails(filter).map(\.id) == [1])
            filter.hiddenFrom = "directie"
            #expect(try await store.mails(filter).isEmpty)
            filter.includesUnplaced = true
            #expect(try await store.mails(filter).map(\.id) == [2, 3])
            filter.isOpen = true
            #expect(try await store.mails(filter).map(\.id) == [2])
            filter = Post.everything
            filter.isOpen = false
            filter.after = 1
            #expect(try await store.mails(filter).map(\.id) == [3])
        },
    ]
}

/// Made-up mail for the tests of the store.
enum Post {
    static var everything: MailFilter {
        var filter = MailFilter()
        filter.schools = ["01AB", "02CD"]
        filter.includesUnplaced = true
        return filter
    }

    static func arrival(
        _ uid: UInt32, _ text: String, validity: UInt32 = 7, mailbox: String = "eerste", settled: UInt32? = nil,
        kind: MailKind = .bericht, placed: MailPlacement? = nil
    ) -> Change {
        var change = Change()
        var mail = NewMail(
            position: .init(mailbox: mailbox, uidValidity: validity, uid: uid), settledThrough: settled ?? uid,
            identity: Array(text.utf8), kind: kind, receivedAt: Sample.now, size: text.utf8.count, mustFile: true)
        mail.content = Array(text.utf8)
        mail.placement = placed
        change.mail.arrived = mail
        return change
    }

    /// - Parameter type: That of another event than the judgement alone is of one that says more, and names the mail.
    static func judgement(
        _ id: String, _ verdict: String, zaak: String, type: String = "nl.meldcode.post-beoordeeld.v1"
    ) -> Change {
        var change = Sample.change(Sample.event(id, type: type, caseReference: zaak))
        change.mail.judged = NewMailJudgement(mail: 1, verdict: verdict, personID: "ib-de-linde", at: Sample.now)
        return change
    }

    /// A mail that was placed with another case than that of the judgements, and is to be judged.
    static func toBeJudged(_ store: any Store) async throws {
        _ = try await store.stored(Sample.change(Sample.event("0", caseReference: "zaak-0")))
        var change = arrival(1, "een", placed: MailPlacement(caseNumber: 1, school: "01AB", recipientID: nil))
        change.mail.arrived?.owed = NewOwedItem(
            .postBeoordelen, .known(caseNumber: 1, school: "01AB"), since: Sample.now,
            dueOn: Sample.now.calendarDateInAmsterdam, nextAt: Sample.now)
        _ = try await store.commit(change)
    }

    /// What the mails hold, in order of number.
    static func contents(_ store: any Store) async throws -> [String] {
        var texts: [String] = []
        for mail in try await store.mails(everything) {
            texts.append(String(decoding: try await store.mailContent(mail.id) ?? [], as: UTF8.self))
        }
        return texts
    }
}
