// SPDX-License-Identifier: EUPL-1.2
import Disclosures

// What holds for files in a folder only.
extension Performance {
    func leavesOneFile(_ report: inout Report) async throws {
        guard let stage = stage as? FolderStage else { return }
        for kind in kinds() where kind != .publicatieIntrekking {
            let message = message(kind)
            _ = try await deliver(message)
            let once = Set(stage.names)
            report.require(!once.isEmpty, "\(kind): nothing lies in the folder")
            _ = try await deliver(message)
            let added = Set(stage.names).subtracting(once)
            report.require(added.isEmpty, "\(kind): the second attempt adds \(added.sorted().joined(separator: ", "))")
        }
        if kinds().contains(.publicatieIntrekking), kinds().contains(.publicatie) {
            let pages = Set(stage.messages.compactMap { $0.openPlaces.first?.text })
            _ = try await deliver(message(.publicatieIntrekking))
            let withdrawn = stage.messages.last?.openPlaces.first?.text ?? ""
            report.require(
                pages.contains(withdrawn), "publicatieIntrekking: takes away another file than was put there")
            report.require(!stage.names.contains(withdrawn), "publicatieIntrekking: the file is still there")
        }
        report.require(!stage.names.contains { $0.hasPrefix(".") }, "a hidden file is left")
        for name in stage.names where !kinds().isEmpty {
            report.require(!name.hasSuffix(".deel"), "\(name) is half a file")
        }
    }
}
