// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Foundation
import Glibc
import Values

/// What reading a configuration touches outside itself: files and the environment it was given. Never the network.
struct Surroundings {
    let environment: [String: String]
    let log: ProblemLog

    private static let maximumSecretBytes = 64 * 1024

    /// The path that a file means: relative paths start at the file's own folder.
    static func resolve(_ path: String, beside file: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        guard let slash = file.lastIndex(of: "/") else { return path }
        return String(file[...slash]) + path
    }

    /// The tree of a YAML file, if there is one.
    func document(_ path: String, mentionedAt place: SourcePlace?) -> YAMLNode? {
        guard let bytes = bytes(of: path, at: place ?? SourcePlace(file: path), limit: YAMLText.maximumBytes) else {
            return nil
        }
        return YAMLReader.read(bytes, file: path, log)
    }

    /// The path behind a key, when a file that can be read is there.
    func file(_ node: YAMLNode, isPrivate: Bool = false) -> String? {
        guard let text = node.text(log) else { return nil }
        let path = Self.resolve(text, beside: node.place.file)
        guard isReadableFile(path, at: node.place) else { return nil }
        if isPrivate, !isHeldPrivate(path, forbidden: 0o007, at: node.place) { return nil }
        return path
    }

    /// Whether a folder is there.
    func isFolder(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }

    /// A path that need not exist yet.
    func path(_ node: YAMLNode) -> String? {
        node.text(log).map { Self.resolve($0, beside: node.place.file) }
    }

    /// A secret by reference. What it holds never becomes part of a message.
    func secret(_ node: YAMLNode) -> Secret? {
        switch reference(node, forbidden: 0o007) {
        case nil: return nil
        case .environment(let variable):
            return environment[variable].map { Secret($0) }
        case .file(let path):
            let place = node["file"]?.place ?? node.place
            guard let bytes = bytes(of: path, at: place, limit: Self.maximumSecretBytes) else { return nil }
            guard bytes.count <= Self.maximumSecretBytes else {
                log.error(
                    place, "\(path) is larger than \(Self.maximumSecretBytes) bytes",
                    suggestion: "Is it the right file?")
                return nil
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                log.error(place, "the secret in \(path) is not text in UTF-8")
                return nil
            }
            let value = text.trimmingSuffix { $0.isNewline }
            guard !value.isEmpty else {
                log.error(place, "\(path) is empty", suggestion: "Write the secret into it.")
                return nil
            }
            return Secret(value)
        }
    }

    /// Where a secret comes from, when it is there.
    /// - Parameter forbidden: Mode bits that the file may not have.
    func reference(_ node: YAMLNode, forbidden: mode_t) -> SecretReference? {
        let example = "Write {file: secrets/name} or {environment: NAME}."
        guard case .mapping = node.content else {
            if case .refused = node.content { return nil }
            let message =
                node.isEmpty
                ? "expected a reference to a secret, found nothing"
                : "a secret does not stand in the configuration itself"
            log.error(node.place, message, suggestion: example)
            return nil
        }
        guard let section = Section(node, keys: ["file", "environment"], quotesKeys: false, log) else { return nil }
        switch (section["file"], section["environment"]) {
        case (let file?, nil):
            guard let text = file.text(log) else { return nil }
            let path = Surroundings.resolve(text, beside: node.place.file)
            guard isReadableFile(path, at: file.place), isHeldPrivate(path, forbidden: forbidden, at: file.place) else {
                return nil
            }
            return .file(path: path)
        case (nil, let variable?):
            guard let name = variable.text(log) else { return nil }
            guard environment[name]?.isEmpty == false else {
                log.error(variable.place, "the environment variable “\(name)” is not set or empty")
                return nil
            }
            return .environment(variable: name)
        default:
            log.error(node.place, "a secret has either a file or an environment variable", suggestion: example)
            return nil
        }
    }

    /// At most one byte more than the limit: enough to see that it is too much.
    private func bytes(of path: String, at place: SourcePlace, limit: Int) -> [UInt8]? {
        guard isReadableFile(path, at: place) else { return nil }
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: limit + 1) ?? Data()
        else {
            log.error(place, "\(path) cannot be read")
            return nil
        }
        return Array(data)
    }

    private func isReadableFile(_ path: String, at place: SourcePlace) -> Bool {
        guard let mode = Self.mode(of: path) else {
            log.error(place, "there is no file \(path)")
            return false
        }
        guard mode & S_IFMT == S_IFREG else {
            log.error(
                place, mode & S_IFMT == S_IFDIR ? "\(path) is a folder" : "\(path) is no regular file",
                suggestion: "Name the file itself.")
            return false
        }
        guard access(path, R_OK) == 0 else {
            log.error(place, "\(path) cannot be read", suggestion: "Give the service's user leave to read it.")
            return false
        }
        return true
    }

    private func isHeldPrivate(_ path: String, forbidden: mode_t, at place: SourcePlace) -> Bool {
        guard let mode = Self.mode(of: path), mode & forbidden != 0 else { return true }
        let asked = forbidden == 0o007 ? "chmod o-rwx" : "chmod 600"
        log.error(
            place, "\(path) can be used by others (mode \(String(mode & 0o777, radix: 8)))",
            suggestion: "Run: \(asked) \(path)")
        return false
    }

    /// Type and permissions of what a path leads to, behind symbolic links.
    private static func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }
}

extension String {
    fileprivate func trimmingSuffix(while matches: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, matches(last) { text = text.dropLast() }
        return String(text)
    }
}
