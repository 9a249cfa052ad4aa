// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Values

extension ConfigurationReader {
    func store(_ node: YAMLNode) -> StoreSettings? {
        guard let section = Section(node, keys: ["path", "master_key"], log) else { return nil }
        let path = section.required("path", surroundings.path)
        // The store demands that nobody else, not even the group, can read its key.
        let key = section.required("master_key") { surroundings.reference($0, forbidden: 0o077) }
        guard let path, let key else { return nil }
        return StoreSettings(path: path, masterKey: key)
    }

    var standardServer: ServerSettings {
        ServerSettings(
            host: "127.0.0.1", port: 8443, tls: nil, publicURL: nil, maximumBodyBytes: 1_048_576,
            maximumBatchEvents: 100)
    }

    func server(_ node: YAMLNode) -> ServerSettings? {
        let keys = ["host", "port", "tls", "public_url", "max_body_bytes", "max_batch_events"]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let standard = standardServer
        let host = section.optionalText("host") ?? standard.host
        if !Addresses.isHost(host), host != "::1", host != "::" {
            log.error(section.place(of: "host"), "“\(host)” is no host name or IP address")
        }
        let tls = section.optional("tls", serverTLS)
        if section["tls"] == nil, !Addresses.isLoopback(host) {
            log.error(
                section.place(of: "host"), "without tls the gateway listens on a loopback address only",
                suggestion: "Add tls: {certificate_file: …, key_file: …}, or use 127.0.0.1.")
        }
        return ServerSettings(
            host: host, port: section.integer("port", in: 0...65_535, default: standard.port), tls: tls,
            publicURL: section.optional("public_url", publicURL),
            maximumBodyBytes: section.integer(
                "max_body_bytes", in: 1_024...67_108_864, default: standard.maximumBodyBytes),
            maximumBatchEvents: section.integer("max_batch_events", in: 1...1_000, default: standard.maximumBatchEvents)
        )
    }

    private func serverTLS(_ node: YAMLNode) -> ServerSettings.TLS? {
        guard let section = Section(node, keys: ["certificate_file", "key_file"], log) else { return nil }
        let certificate = section.required("certificate_file") { surroundings.file($0) }
        let key = section.required("key_file") { surroundings.file($0, isPrivate: true) }
        guard let certificate, let key else { return nil }
        return ServerSettings.TLS(certificateFile: certificate, keyFile: key)
    }

    private func publicURL(_ node: YAMLNode) -> String? {
        guard let text = node.text(log) else { return nil }
        if let problem = Addresses.webProblem(text, allowsPlaintextLoopback: true) {
            log.error(node.place, problem.message, suggestion: problem.suggestion)
            return nil
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    func board(_ node: YAMLNode) -> Board? {
        guard let section = Section(node, keys: ["name", "oin"], log), let name = section.text("name") else {
            return nil
        }
        let oin = section.optionalText("oin")
        if let oin, oin.utf8.count != 20 || !oin.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            log.error(section.place(of: "oin"), "an OIN has exactly 20 digits")
        }
        return Board(name: name, oin: oin)
    }

    func schools(_ node: YAMLNode) -> [Placed<School>]? {
        guard let schools = node.list(log, of: school) else { return nil }
        if node.elements?.isEmpty == true { log.error(node.place, "at least one school is needed") }
        log.reportRepeats("the school", schools.map { (key: $0.value.brin.description, place: $0.place) })
        return schools
    }

    private func school(_ node: YAMLNode) -> Placed<School>? {
        let keys = [
            "brin", "name", "region", "holiday_region", "track", "pupil_source", "aandachtsfunctionaris_uren",
        ]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let brin = section.required("brin", self.brin)
        let name = section.text("name")
        let region = section.optional("region") { $0.identifier(log) }
        let holidays = section.optional("holiday_region") { $0.choice(rawChoices(HolidayRegion.self), "region", log) }
        let track = section.optional("track") { $0.identifier(log) }
        let source = section.optional("pupil_source") { $0.identifier(log) }
        let hours = section.optional("aandachtsfunctionaris_uren", hoursAWeek)
        guard let brin else { return nil }
        return Placed(
            value: School(
                brin: brin, name: name ?? "", region: region, holidayRegion: holidays, track: track,
                pupilSource: source,
                aandachtsfunctionarisHours: hours),
            place: section.place(of: "brin"))
    }

    /// `4` or `4.5`: to a quarter of an hour.
    private func hoursAWeek(_ node: YAMLNode) -> Double? {
        guard let text = node.text(log) else { return nil }
        guard text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let hours = Double(text),
            (0...168).contains(hours), (hours * 4).rounded() == hours * 4
        else {
            log.error(
                node.place, "“\(text)” is no number of hours a week",
                suggestion: "Write 0 to 168, in quarters: 4 or 4.5 or 4.25.")
            return nil
        }
        return hours
    }

    private func brin(_ node: YAMLNode) -> BRIN? {
        guard let text = node.text(log) else { return nil }
        guard let brin = BRIN(text) else {
            let capitals = BRIN(text.uppercased()).map { "Write \($0)." }
            log.error(
                node.place, "“\(text)” is no BRIN",
                suggestion: capitals
                    ?? "A BRIN is two digits and two capitals, such as 01AB, and for a location two digits more.")
            return nil
        }
        return brin
    }

    func sources(_ node: YAMLNode) -> [CloudEventReader.Source]? {
        guard let sources = node.list(log, of: source) else { return nil }
        if node.elements?.isEmpty == true { log.error(node.place, "at least one source is needed") }
        log.reportRepeats("the source", sources.map { (key: $0.value.uri, place: $0.place) })
        return sources.map(\.value)
    }

    private func source(_ node: YAMLNode) -> Placed<CloudEventReader.Source>? {
        guard let section = Section(node, keys: ["uri", "ids_zijn_volgnummers"], log) else { return nil }
        let isCounting = section.boolean("ids_zijn_volgnummers")
        guard let uri = section.text("uri") else { return nil }
        let place = section.place(of: "uri")
        if uri.utf8.count > 256 || uri.contains("@") || uri.contains(" ") {
            log.error(place, "a source is a URI of at most 256 characters without spaces and without “@”")
        } else if uri.hasPrefix("urn:meldpoort:") {
            log.error(
                place, "sources that begin with “urn:meldpoort:” are the gateway's own",
                suggestion: "Give this system a name of the board's, such as urn:nld:oin:…:systeem:….")
        } else if BSN.isPresent(inContextValue: uri) {
            log.error(place, "this source holds a burgerservicenummer, and sources are logged on the way")
        }
        return Placed(value: CloudEventReader.Source(uri: uri, idsAreRunningNumbers: isCounting), place: place)
    }

    func terms(_ node: YAMLNode) -> Terms? {
        let keys = ["tell_after_minutes", "remind_after_days", "expire_after_days"]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let standard = Terms.standard
        return Terms(
            tellAfterMinutes: section.integer(
                "tell_after_minutes", in: 1...1_440, default: standard.tellAfterMinutes),
            remindAfterDays: section.integer("remind_after_days", in: 1...60, default: standard.remindAfterDays),
            expireAfterDays: section.integer("expire_after_days", in: 1...365, default: standard.expireAfterDays))
    }

    func notices(_ node: YAMLNode) -> Notices? {
        guard let section = Section(node, keys: ["ict", "relay"], log) else { return nil }
        let ict = section.optional("ict") { $0.set(log) { mailAddress($0) } } ?? []
        if let relay = section["relay"], ict.isEmpty, section["ict"] == nil {
            log.warning(relay.place, "nobody of ICT hears about trouble", suggestion: "Add ict: [address].")
        }
        return Notices(ict: ict, relay: section.optional("relay", mailConnection))
    }

    func mailAddress(_ node: YAMLNode) -> String? {
        node.mailAddress(log)
    }
}

extension YAMLNode {
    func mailAddress(_ log: ProblemLog) -> String? {
        guard let text = text(log) else { return nil }
        guard Addresses.isMail(text) else {
            log.error(place, "“\(text)” is no plain mail address", suggestion: "Write it as naam@voorbeeld.example.")
            return nil
        }
        return text
    }
}
