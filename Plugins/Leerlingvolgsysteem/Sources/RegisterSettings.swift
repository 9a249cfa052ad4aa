// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Values

/// Makes the register of a dialect out of the settings, or says what it misses.
enum RegisterSettings {
    static func register(_ settings: AdapterSettings, _ problems: inout [SettingProblems.Problem]) -> (any Register)? {
        guard let dialect = settings["dialect"]?.string.flatMap(Dialect.init(rawValue:)) else { return nil }
        if let section = dialect.section, settings[section] == nil {
            problems.append(
                .init(
                    path: [], message: "dialect \(dialect.rawValue) over channel api needs “\(section)”",
                    suggestion: "See the sample of this dialect in the adapter's folder."))
            return nil
        }
        let year = schoolYear(settings, &problems)
        switch dialect {
        case .somtoday: return SomtodayRegister()
        case .eduV: return EduVRegister(userIDType: settings["edu_v", "user_id_type"]?.string ?? "ASI")
        case .parnassys: return parnassys(settings, year, &problems)
        case .esis: return uwlr(settings, year, &problems)
        case .magisterSCIM: return scim(settings, &problems)
        case .magisterCSV: return magisterCSV(settings, &problems)
        case .csv:
            problems.append(
                .init(
                    path: ["dialect"], message: "dialect csv has nothing to ask over channel api",
                    suggestion: "Use channel: handover or folder, or name the system."))
            return nil
        }
    }

    private static func parnassys(
        _ settings: AdapterSettings, _ year: @escaping @Sendable () -> Int,
        _ problems: inout [SettingProblems.Problem]
    ) -> (any Register)? {
        guard let name = settings["gkv", "supplier_name"]?.string,
            let key = secret(settings, ["gkv", "supplier_key"], &problems)
        else { return nil }
        return ParnasSysRegister(
            path: path(settings, "gkv", &problems), supplierName: name, supplierKey: key, schoolYear: year)
    }

    private static func uwlr(
        _ settings: AdapterSettings, _ year: @escaping @Sendable () -> Int,
        _ problems: inout [SettingProblems.Problem]
    ) -> (any Register)? {
        guard let code = settings["uwlr", "customer_code"]?.string, let name = settings["uwlr", "customer_name"]?.string
        else { return nil }
        var keys: [String: Secret] = [:]
        for (index, school) in (settings["uwlr", "schools"]?.array ?? []).enumerated() {
            let place = ["uwlr", "schools", String(index)]
            guard let brin = school["school"]?.string.flatMap({ BRIN($0) }) else {
                problems.append(
                    .init(
                        path: place + ["school"], message: "this is no BRIN",
                        suggestion: "Two digits and two capitals, with or without the two digits of a location."))
                continue
            }
            guard let key = secret(settings, place + ["authorisation_key"], &problems) else { continue }
            if keys.updateValue(key, forKey: brin.description) != nil {
                problems.append(.init(path: place + ["school"], message: "this school stands in the list twice"))
            }
        }
        if keys.isEmpty, problems.isEmpty {
            problems.append(.init(path: ["uwlr", "schools"], message: "no school has a key"))
        }
        return UWLRRegister(
            path: path(settings, "uwlr", &problems), customerCode: code, customerName: name, keys: keys,
            schoolYear: year)
    }

    private static func scim(
        _ settings: AdapterSettings, _ problems: inout [SettingProblems.Problem]
    ) -> (any Register)? {
        func attribute(_ key: String) -> SCIMAttribute? {
            if let attribute = settings["scim", key]?.string.flatMap({ SCIMAttribute($0) }) { return attribute }
            problems.append(
                .init(
                    path: ["scim", key], message: "this is no attribute of a user",
                    suggestion: "Write name.middleName, or urn:…:User:attribute as the endpoint /Schemas tells it."))
            return nil
        }
        guard let number = attribute("number_attribute"), let prefix = attribute("prefix_attribute") else { return nil }
        return SCIMRegister(number: number, prefix: prefix)
    }

    private static func magisterCSV(
        _ settings: AdapterSettings, _ problems: inout [SettingProblems.Problem]
    ) -> (any Register)? {
        guard settings["magister_csv", "accept_password_in_url"]?.bool == true else {
            problems.append(
                .init(
                    path: ["magister_csv", "accept_password_in_url"],
                    message: "this service wants the password in the URL, where servers and proxies write it down",
                    suggestion: "Use dialect: magister-scim, or set it to true after reading the README."))
            return nil
        }
        guard let user = settings["magister_csv", "user"]?.string,
            let layout = settings["magister_csv", "layout"]?.string,
            let password = secret(settings, ["magister_csv", "password"], &problems)
        else { return nil }
        if password.exposed({
            $0.contains { $0 == "/" || $0 == "\\" || $0.unicodeScalars.contains { $0.value < 0x20 } }
        }) {
            problems.append(
                .init(
                    path: ["magister_csv", "password"],
                    message: "a password with a slash, a backslash or a control character cannot stand in a URL"))
        }
        return MagisterCSVRegister(user: user, password: password, layout: layout)
    }

    private static func secret(
        _ settings: AdapterSettings, _ path: [String], _ problems: inout [SettingProblems.Problem]
    ) -> Secret? {
        guard let secret = settings.secrets[path] else {
            problems.append(.init(path: path, message: "the secret is missing"))
            return nil
        }
        if secret.exposed({ $0.isEmpty || $0.unicodeScalars.contains { !XMLDocument.allows($0) } }) {
            problems.append(.init(path: path, message: "the secret is empty or holds a control character"))
        }
        return secret
    }

    private static func path(
        _ settings: AdapterSettings, _ section: String, _ problems: inout [SettingProblems.Problem]
    ) -> String {
        let path = settings[section, "path"]?.string ?? "/"
        let isPlain = path.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"?#%\\".utf8.contains($0) }
        if !path.hasPrefix("/") || !isPlain {
            problems.append(
                .init(
                    path: [section, "path"], message: "this is no path below the base URL",
                    suggestion: "It begins with a slash and has no query."))
        }
        return path
    }

    /// The year that the setting names, or that of today.
    private static func schoolYear(
        _ settings: AdapterSettings, _ problems: inout [SettingProblems.Problem]
    ) -> @Sendable () -> Int {
        guard let text = settings["school_year"]?.string else { return { SchoolDay.schoolYear(of: SchoolDay.today()) } }
        let years = text.split(separator: "-", omittingEmptySubsequences: false)
        guard years.count == 2, years.allSatisfy({ $0.utf8.count == 4 }), let first = Int(years[0]),
            let second = Int(years[1]), second == first + 1
        else {
            problems.append(
                .init(path: ["school_year"], message: "this is no school year", suggestion: "Write 2026-2027."))
            return { 0 }
        }
        return { first }
    }
}
