// SPDX-License-Identifier: EUPL-1.2

/// Makes an accessible PDF of a document: headings, labels and values as tagged text, in Dutch.
public protocol DocumentRenderer: Sendable {
    /// Nil when it could not be made; nothing about the document is logged then.
    func pdf(of document: HandoverDocument) async -> [UInt8]?
}
