// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@Suite struct TimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
            ("2026-11-22T10:15:30.123Z", "2026-11-22T10:15:30.123Z"),
            ("2026-11-22t10:15:30z", "2026-11-22T10:15:30.000Z"),
            ("2026-11-22T11:15:30.5+01:00", "2026-11-22T10:15:30.500Z"),
            ("2026-11-22T00:15:30+01:00", "2026-11-21T23:15:30.000Z"),
            ("2026-12-31T23:30:00-05:30", "2027-01-01T05:00:00.000Z"),
            ("2026-11-22T10:15:30-00:00", "2026-11-22T10:15:30.000Z"),
            ("2024-02-29T23:59:59.999999999Z", "2024-02-29T23:59:59.999Z"),
            ("2026-11-22T10:15:30.12Z", "2026-11-22T10:15:30.120Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
            ("1900-01-01T00:00:00Z", "1900-01-01T00:00:00.000Z"),
            ("2026-11-22T10:15:30.000000001Z", "2026-11-22T10:15:30.000Z"),
            ("2026-11-22T10:15:30+23:59", "2026-11-21T10:16:30.000Z"),
        ])
    func readsAndWritesUTC(_ text: String, _ expected: String) throws {
        #expect(try Timestamp(parsing: text).description == expected)
    }

    @Test(
        arguments: [
            ("", .malformed), ("2026-11-22", .malformed), ("2026-11-22 10:15:30Z", .malformed),
            ("2026-11-22T10:15Z", .malformed), ("2026-11-22T10:15:30", .offsetMissing),
            ("2026-11-22T1:15:30Z", .malformed),
            ("2026-11-22T10:15:30.Z", .invalidFraction), ("2026-11-22T10:15:30.1234567890Z", .invalidFraction),
            ("2026-11-22T10:15:30,1Z", .invalidOffset), ("2026-11-22T10:15:30+1:00", .invalidOffset),
            ("2026-11-22T10:15:30+0100", .invalidOffset), ("2026-11-22T10:15:30+24:00", .invalidOffset),
            ("2026-11-22T10:15:30+01:60", .invalidOffset), ("2026-11-22T10:15:30CET", .invalidOffset),
            ("2026-11-22T10:15:30+01:00:00", .invalidOffset), ("2026-11-22T10:15:30Z ", .malformed),
            ("2026-11-22T10:15:30ZZ", .malformed), (" 2026-11-22T10:15:30Z", .malformed),
            ("2026-02-30T10:15:30Z", .noSuchDate), ("2026-13-01T10:15:30Z", .noSuchDate),
            ("2026-11-00T10:15:30Z", .noSuchDate),
            ("2026-11-22T24:00:00Z", .noSuchTime), ("2026-11-22T10:60:00Z", .noSuchTime),
            ("2026-11-22T10:15:61Z", .noSuchTime),
            ("2016-12-31T23:59:60Z", .leapSecond), ("1899-12-31T23:59:59Z", .yearOutOfRange),
            ("2200-01-01T00:00:00Z", .yearOutOfRange), ("2199-12-31T23:59:59-01:00", .yearOutOfRange),
            ("1900-01-01T00:00:00+01:00", .yearOutOfRange), ("1795874130", .malformed),
        ] as [(String, TimestampError)])
    func refusesOthers(_ text: String, _ error: TimestampError) {
        #expect(throws: error) { try Timestamp(parsing: text) }
        #expect(Timestamp(text) == nil)
    }

    @Test func countsFrom1970() throws {
        #expect(try Timestamp(parsing: "2001-09-09T01:46:40Z").millisecondsSince1970 == 1_000_000_000_000)
        #expect(try Timestamp(parsing: "1969-12-31T23:59:59.5Z").millisecondsSince1970 == -500)
    }

    @Test func everythingWrittenReadsBackAndSorts() throws {
        var generator = SplitMix64(seed: 6)
        let range = Timestamp.earliest.millisecondsSince1970...Timestamp.latest.millisecondsSince1970
        let stamps = (0..<3_000).map { _ in Timestamp(millisecondsSince1970: .random(in: range, using: &generator)) }
        for stamp in stamps {
            #expect(try Timestamp(parsing: stamp.description) == stamp)
        }
        #expect(stamps.sorted().map(\.description) == stamps.map(\.description).sorted())
        #expect(Timestamp.earliest.description == "1900-01-01T00:00:00.000Z")
        #expect(Timestamp.latest.description == "2199-12-31T23:59:59.999Z")
    }

    @Test func adds() throws {
        let stamp = try Timestamp(parsing: "2026-11-22T23:59:59Z")
        #expect(stamp.adding(seconds: 1).description == "2026-11-23T00:00:00.000Z")
        #expect(stamp.adding(milliseconds: -1).description == "2026-11-22T23:59:58.999Z")
        #expect(stamp.adding(seconds: 90).millisecondsSince(stamp) == 90_000)
        #expect(stamp.adding(seconds: .max) == .latest)
        #expect(stamp.adding(seconds: .min) == .earliest)
        #expect(stamp.adding(milliseconds: .max) == .latest)
    }

    @Test(
        arguments: [
            ("2026-11-22T22:59:59Z", "2026-11-22", "22-11-2026 23:59"),
            ("2026-11-22T23:00:00Z", "2026-11-23", "23-11-2026 00:00"),
            ("2026-07-01T21:59:59Z", "2026-07-01", "01-07-2026 23:59"),
            ("2026-07-01T22:00:00Z", "2026-07-02", "02-07-2026 00:00"),
            ("2026-03-29T00:59:59Z", "2026-03-29", "29-03-2026 01:59"),
            ("2026-03-29T01:00:00Z", "2026-03-29", "29-03-2026 03:00"),
            ("2026-10-25T00:59:59Z", "2026-10-25", "25-10-2026 02:59"),
            ("2026-10-25T01:00:00Z", "2026-10-25", "25-10-2026 02:00"),
            ("2026-10-24T22:30:00Z", "2026-10-25", "25-10-2026 00:30"),
            ("2026-10-25T22:30:00Z", "2026-10-25", "25-10-2026 23:30"),
            ("2026-12-31T23:00:00Z", "2027-01-01", "01-01-2027 00:00"),
            ("1996-10-27T00:59:59Z", "1996-10-27", "27-10-1996 02:59"),
            ("1996-03-31T01:00:00Z", "1996-03-31", "31-03-1996 03:00"),
            ("2199-12-31T23:30:00Z", "2199-12-31", "31-12-2199 00:30"),
        ])
    func knowsTheDutchDay(_ text: String, _ date: String, _ dutch: String) throws {
        let stamp = try Timestamp(parsing: text)
        #expect(stamp.calendarDateInAmsterdam.description == date)
        #expect(stamp.dutchText == dutch)
    }

    @Test func aDayStartsAtDutchMidnight() throws {
        var date = try #require(CalendarDate("1996-01-01"))
        while date.year < 2060 {
            let start = date.startInAmsterdam
            #expect(start.calendarDateInAmsterdam == date)
            #expect(start.adding(milliseconds: -1).calendarDateInAmsterdam == date.adding(days: -1))
            date = date.adding(days: 1)
        }
    }

    @Test func isWrittenAsText() throws {
        let stamp = try Timestamp(parsing: "2026-11-22T10:15:30.123Z")
        #expect(try Coded.roundTrip(stamp) == stamp)
        #expect(try Coded.text(stamp) == "2026-11-22T10:15:30.123Z")
        #expect(throws: DecodingError.self) { try Coded.decode(Timestamp.self, from: "gisteren") }
        #expect(TimestampError.allCases.allSatisfy { !$0.description.isEmpty })
    }
}
