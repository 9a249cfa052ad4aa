// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import Delivery
import Disclosures
public import Figures
import Logging
import PrivacyRules
public import Values

/// Figures of a period: how the meldcode was used and how partners answered, without persons (practice 29).
///
/// Who is barred from a case finds nothing of it in any number (practice 7): what they see themselves is counted without it, and so is
/// what is published, whoever publishes it.
extension MeldpoortGateway {
    /// Who sees figures of a school besides its directie.
    private static let watchingRoles: Set<Role> = [.centraleContactpersoon, .bestuur]
    /// The longest period, in years.
    static let longestFigureYears = 5

    /// Figures of the schools that the asker may see: a directie its own exactly, the centrale contactpersoon and the board in bands.
    /// - Throws: `.forbidden` for a system and for who has none of these roles; `.invalidPeriod` for a period that gives no figures.
    public func boardFigures(
        _ period: FigurePeriod, as principal: Principal
    ) async throws(GatewayError) -> FigureReport {
        let reader = try reader(principal)
        let audience = reader.audience
        let input = try await input(period, for: reader, principal)
        return try Self.report { () throws(FigureProblem) in try .board(input, for: audience) }
    }

    /// Figures that may leave the board, for the centrale contactpersoon and the board: over all schools, always, for from the
    /// difference between two choices of schools a small number could be computed. Of a school year that is over.
    /// - Throws: as `boardFigures`.
    public func publishedFigures(
        _ period: FigurePeriod, as principal: Principal
    ) async throws(GatewayError) -> FigureReport {
        let reader = try publisher(principal)
        if let problem = period.problemOfPublishing(on: services.now.calendarDateInAmsterdam) {
            throw .invalidPeriod(problem)
        }
        let input = try await input(period, for: reader, principal)
        return try Self.report { () throws(FigureProblem) in try .board(input, for: .published) }
    }

    /// One school on one page, beside the year before.
    /// - Throws: as `boardFigures`; `.forbidden` for a school that the asker may not see.
    public func schoolSheet(
        _ brin: String, _ period: FigurePeriod, as principal: Principal
    ) async throws(GatewayError) -> FigureReport {
        let reader = try reader(principal)
        guard let school = reader.schools.first(where: { $0.brin == brin }) else { throw .forbidden(.rolOntbreekt) }
        let audience = school.isOwn ? FigureAudience.own : .inside
        let current = try await input(period, for: reader, as: audience, principal)
        let previous = try await before(period, for: reader, as: audience, principal)
        return try Self.report { () throws(FigureProblem) in try .sheet(current, previous: previous, school: brin) }
    }

    /// A school year beside the year before, for the quality cycle.
    /// - Throws: as `boardFigures`.
    public func yearlyReport(
        _ year: SchoolYear, as principal: Principal
    ) async throws(GatewayError) -> FigureReport {
        guard let period = FigurePeriod(from: year.first, to: year.last) else { throw .fault }
        let reader = try reader(principal)
        let audience = reader.audience
        let current = try await input(period, for: reader, principal)
        let previous = try await before(period, for: reader, principal)
        return try Self.report { () throws(FigureProblem) in try .year(current, previous: previous, for: audience) }
    }

    // MARK: - Who sees what

    /// Of which cases somebody gets figures, and in what form.
    private struct Reader {
        let schools: [FigureSchool]
        let scope: FigureScope
        let audience: FigureAudience
    }

    private func reader(_ principal: Principal) throws(GatewayError) -> Reader {
        let person = try person(principal)
        let schools = try visibleFigureSchools(to: person, principal)
        var scope = FigureScope(schools: Set(schools.map(\.brin)))
        scope.hiddenFrom = person
        return Reader(schools: schools, scope: scope, audience: schools.allSatisfy(\.isOwn) ? .own : .inside)
    }

    private func publisher(_ principal: Principal) throws(GatewayError) -> Reader {
        let person = try person(principal)
        let today = services.now.calendarDateInAmsterdam
        for school in model.schools {
            let brin = school.brin.description
            let roles = model.directory.roles(of: person, at: brin, on: today)
            guard !roles.isDisjoint(with: Self.watchingRoles) else { throw .forbidden(.rolOntbreekt) }
            guard principal.schools.contains(brin) else { throw .forbidden(.schoolBuitenBereik) }
        }
        var scope = FigureScope(schools: Set(model.schools.map(\.brin.description)))
        scope.withoutBarred = true
        let schools = model.schools.map { figureSchool($0, isOwn: false) }
        return Reader(schools: schools, scope: scope, audience: .published)
    }

    /// In the order of the configuration. Whoever sees bands gets them over every school where they have the role, or over none: from the
    /// difference between two choices of schools a small number could be computed.
    private func visibleFigureSchools(
        to person: String, _ principal: Principal
    ) throws(GatewayError) -> [FigureSchool] {
        let today = services.now.calendarDateInAmsterdam
        let seen = model.schools.compactMap { school -> FigureSchool? in
            let roles = model.directory.roles(of: person, at: school.brin.description, on: today)
            let isOwn = roles.contains(.directie)
            return isOwn || !roles.isDisjoint(with: Self.watchingRoles) ? figureSchool(school, isOwn: isOwn) : nil
        }
        guard !seen.isEmpty else { throw .forbidden(.rolOntbreekt) }
        let isWhole = seen.allSatisfy { $0.isOwn || principal.schools.contains($0.brin) }
        let reached = seen.filter { principal.schools.contains($0.brin) && (isWhole || $0.isOwn) }
        guard !reached.isEmpty else { throw .forbidden(.schoolBuitenBereik) }
        return reached
    }

    private func figureSchool(_ school: School, isOwn: Bool) -> FigureSchool {
        FigureSchool(
            brin: school.brin.description, name: school.name, isOwn: isOwn,
            hoursPerWeek: school.aandachtsfunctionarisHours)
    }

    // MARK: - Counting

    private func input(
        _ period: FigurePeriod, for reader: Reader, as audience: FigureAudience? = nil, _ principal: Principal
    ) async throws(GatewayError) -> FigureInput {
        if let problem = period.problem(for: audience ?? reader.audience) ?? tooLong(period) {
            throw .invalidPeriod(problem)
        }
        // Who looked, and at what (practice 19).
        services.logger.info(
            "figures shown",
            metadata: [
                "token": "\(principal.tokenID)", "audience": "\((audience ?? reader.audience).rawValue)",
                "from": "\(period.from)", "to": "\(period.to)", "schools": "\(reader.schools.count)",
            ])
        let gathering = FigureGathering(services: services, scope: reader.scope, period: period)
        do throws(StoreError) {
            let rows = try await gathering.counted()
            return FigureInput(
                board: model.boardName, period: period, asOf: services.now.calendarDateInAmsterdam,
                schools: reader.schools, partners: figurePartners, cases: rows.cases,
                expectations: rows.expectations, barriers: rows.barriers)
        } catch {
            throw GatewayError(error)
        }
    }

    /// Nil where nothing was counted: the year before the gateway was there is no year of zeros.
    private func before(
        _ period: FigurePeriod, for reader: Reader, as audience: FigureAudience? = nil, _ principal: Principal
    ) async throws(GatewayError) -> FigureInput? {
        guard let earlier = period.yearBefore else { return nil }
        let input = try await input(earlier, for: reader, as: audience, principal)
        return input.cases.isEmpty && input.expectations.isEmpty && input.barriers.isEmpty ? nil : input
    }

    private static func report(
        _ make: () throws(FigureProblem) -> FigureReport
    ) throws(GatewayError) -> FigureReport {
        do {
            return try make()
        } catch {
            throw .invalidPeriod(error.message)
        }
    }

    private func tooLong(_ period: FigurePeriod) -> String? {
        period.to < period.from.adding(years: Self.longestFigureYears)
            ? nil : "Een periode is hoogstens \(Self.longestFigureYears) jaar."
    }

    /// Who of outside the board can owe feedback: Veilig Thuis first.
    private var figurePartners: [FigurePartner] {
        let kinds: [RecipientKind] = [
            .veiligThuis, .raadVoorDeKinderbescherming, .gecertificeerdeInstelling, .politie, .hulpverlener,
        ]
        return model.recipients.values.map(\.recipient)
            .compactMap { recipient in kinds.firstIndex(of: recipient.kind).map { (rank: $0, recipient) } }
            .sorted { ($0.rank, $0.1.name, $0.1.id) < ($1.rank, $1.1.name, $1.1.id) }
            .map { FigurePartner(id: $0.1.id, name: $0.1.name) }
    }
}
