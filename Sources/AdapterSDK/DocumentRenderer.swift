// SPDX-License-Identifier: EUPL-1.2

/// Makes an accessible PDF of a document: headings, labels and values as tagged text, in Dutch.
public protocol DocumentRenderer: Sendable {
    /// Nil when it could not be made; nothing about the document is logged then.
    func pdf(of document: HandoverDocument) async -> [UInt8]?

    /// A PDF of a page that the gateway made itself: whole, without an address of anything else. Nil when it could not be made.
    func pdf(ofPage html: String) async -> [UInt8]?
}

extension DocumentRenderer {
    /// What makes documents need not make pages.
    public func pdf(ofPage html: String) async -> [UInt8]? { nil }
}
