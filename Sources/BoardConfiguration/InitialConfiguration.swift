// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// A configuration to start from: commented, at its defaults, and such that `check` finds no errors once the caller has
/// made the master key.
public enum InitialConfiguration {
    /// What was made, and what was there already and left as it was; paths relative to the folder.
    public struct Written: Sendable, Hashable {
        public var created: [String] = []
        public var kept: [String] = []
        /// Where the configuration expects the master key.
        public let masterKeyPath: String
    }

    /// Why the configuration could not be written.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        public let path: String

        /// What failed and what to do.
        public var description: String {
            "\(path) cannot be made. Check that the folder above it exists and that you may write there."
        }
    }

    private static let storePath = "/var/lib/meldpoort/meldpoort.db"

    /// Writes `meldpoort.yaml`, `personen.yaml`, `privacy/regels.yaml`, `termijnen.yaml`, `schoolvakanties.yaml`, the tracks in
    /// `meldcode` and the folder `secrets` (0700). Nothing that is
    /// there already is written over.
    /// - Parameters:
    ///   - folder: Made when it is not there.
    ///   - storePath: Where the store will be; relative to the folder. By default a folder `data` (0700), made here too.
    public static func write(to folder: String, storePath: String? = nil) throws(Failure) -> Written {
        let root = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        var written = Written(masterKeyPath: "\(root)/secrets/master.key")
        try make(root, mode: 0o755)
        let folders = [("privacy", 0o755), ("meldcode", 0o755), ("secrets", 0o700)]
        for (name, mode) in folders + (storePath == nil ? [("data", 0o700)] : []) {
            try note("\(name)/", isNew: make("\(root)/\(name)", mode: mode), in: &written)
        }
        let configuration = text(PackageResources.meldpoort_yaml)
            .replacingOccurrences(of: Self.storePath, with: storePath ?? "data/meldpoort.db")
        for (name, content) in [
            ("meldpoort.yaml", configuration), ("personen.yaml", text(PackageResources.personen_yaml)),
            ("privacy/regels.yaml", text(PackageResources.regels_yaml)),
            ("termijnen.yaml", text(PackageResources.termijnen_yaml)),
            ("schoolvakanties.yaml", text(PackageResources.schoolvakanties_yaml)),
            ("meldcode/po.yaml", text(PackageResources.po_yaml)), ("meldcode/vo.yaml", text(PackageResources.vo_yaml)),
        ] {
            try note(name, isNew: create("\(root)/\(name)", content), in: &written)
        }
        return written
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private static func note(_ name: String, isNew: Bool, in written: inout Written) {
        if isNew { written.created.append(name) } else { written.kept.append(name) }
    }

    /// - Returns: Whether the folder is new.
    @discardableResult
    private static func make(_ path: String, mode: Int) throws(Failure) -> Bool {
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
            guard isDirectory.boolValue else { throw Failure(path: path) }
            return false
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: mode])
            return true
        } catch {
            throw Failure(path: path)
        }
    }

    /// - Returns: Whether the file is new.
    private static func create(_ path: String, _ content: String) throws(Failure) -> Bool {
        do {
            try Data(content.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
            return true
        } catch {
            guard FileManager.default.fileExists(atPath: path) else { throw Failure(path: path) }
            return false
        }
    }
}
