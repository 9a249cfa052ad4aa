// SPDX-License-Identifier: EUPL-1.2
import CGMime

/// Goes through the parts of a message, within limits, and gathers words and attachments.
struct PartWalk {
    private let limits: MailLimits
    private var parts = 0
    private var words = ""
    private var hasPlainWords = false

    private(set) var attachments: [ReceivedMail.Attachment] = []
    private(set) var isTextFromHTML = false
    private(set) var isIncomplete = false
    private(set) var isDeliveryReport = false
    private(set) var reportsFailure = false
    /// Identifiers of the messages that a delivery report is about.
    private(set) var reportedMessages: [String] = []
    private var isInReport = false

    init(limits: MailLimits) {
        self.limits = limits
    }

    var text: String { words }

    mutating func visit(_ part: UnsafeMutableRawPointer, depth: Int) {
        parts += 1
        guard parts <= limits.maximumParts, depth <= limits.maximumDepth else {
            isIncomplete = true
            return
        }
        switch Int(meldpoort_mime_kind(part)) {
        case Int(MELDPOORT_MIME_MULTIPART): visitMultipart(part, depth)
        case Int(MELDPOORT_MIME_MESSAGE): visitMessage(part, depth)
        case Int(MELDPOORT_MIME_LEAF): visitLeaf(part)
        default: isIncomplete = true
        }
    }

    // MARK: - Branches

    private mutating func visitMultipart(_ multipart: UnsafeMutableRawPointer, _ depth: Int) {
        let count = meldpoort_mime_child_count(multipart)
        let children = (0..<min(count, Int32(limits.maximumParts) + 1)).compactMap {
            meldpoort_mime_child(multipart, $0)
        }
        if children.count < Int(count) { isIncomplete = true }
        let subtype = Self.text(meldpoort_mime_subtype(multipart))
        if subtype == "alternative" {
            visitAlternatives(children, depth)
        } else {
            let isReport = subtype == "report"
            if isReport, depth == 0 { isDeliveryReport = Self.isDeliveryReport(multipart, children) }
            let wasInReport = isInReport
            isInReport = isInReport || (isReport && isDeliveryReport)
            for child in children { visit(child, depth: depth + 1) }
            isInReport = wasInReport
        }
    }

    /// The same words in several forms: the plain one if it says anything, else the last of the others that can be read.
    private mutating func visitAlternatives(_ children: [UnsafeMutableRawPointer], _ depth: Int) {
        let plain = children.first { Self.isText($0, "plain") }
        if let plain, !Self.words(of: plain, limits).allSatisfy(\.isWhitespace) {
            visit(plain, depth: depth + 1)
            // Attachments can hang beside the other form.
            for child in children where meldpoort_mime_kind(child) == MELDPOORT_MIME_MULTIPART {
                visitAttachmentsOnly(child, depth + 1)
            }
        } else if let other = children.last(where: { !Self.isText($0, "plain") }) {
            visit(other, depth: depth + 1)
        } else if let plain {
            visit(plain, depth: depth + 1)
        }
    }

    private mutating func visitAttachmentsOnly(_ multipart: UnsafeMutableRawPointer, _ depth: Int) {
        let before = (words, hasPlainWords, isTextFromHTML)
        visit(multipart, depth: depth)
        (words, hasPlainWords, isTextFromHTML) = before
    }

    private mutating func visitMessage(_ part: UnsafeMutableRawPointer, _ depth: Int) {
        guard let message = meldpoort_mime_embedded(part) else { return }
        let headers = MailHeaders(of: message)
        if isInReport {
            // What was ours came back: by its identifier it can be placed, and its content is known.
            note(headers)
            return
        }
        add(
            "\n[Meegestuurd bericht: \(PlainText.line(headers.first("subject") ?? "", longest: 300))]\n")
        if let root = meldpoort_mime_root(message) { visit(root, depth: depth + 1) }
    }

    private mutating func note(_ headers: MailHeaders) {
        guard reportedMessages.count < MailReferences.most else { return }
        reportedMessages +=
            (headers.first("message-id").map(MailHeaders.identifiers) ?? [])
            + MailReferences.references(in: headers.first("subject") ?? "")
    }

    // MARK: - Leaves

    private mutating func visitLeaf(_ part: UnsafeMutableRawPointer) {
        let type = Self.text(meldpoort_mime_type(part))
        let subtype = Self.text(meldpoort_mime_subtype(part))
        if isInReport, type == "message" || subtype == "rfc822-headers" {
            return readReport(part, subtype)
        }
        let isNamed = meldpoort_mime_file_name(part) != nil
        let isWords = type == "text" && (subtype == "plain" || subtype == "html")
        guard isWords, !isNamed, meldpoort_mime_is_attachment(part) == 0 else {
            return attach(part, mediaType: "\(type)/\(subtype)")
        }
        let found = Self.words(of: part, limits)
        guard !found.allSatisfy(\.isWhitespace) else { return }
        if subtype == "html" {
            isTextFromHTML = isTextFromHTML || !hasPlainWords
        } else {
            hasPlainWords = true
        }
        add(found)
    }

    private mutating func add(_ found: String) {
        let room = limits.maximumText - words.unicodeScalars.count
        guard room > 0 else {
            isIncomplete = true
            return
        }
        let (text, isShortened) = PlainText.cleaned(words.isEmpty ? found : "\n" + found, longest: room)
        words += text
        isIncomplete = isIncomplete || isShortened
    }

    private mutating func readReport(_ part: UnsafeMutableRawPointer, _ subtype: String) {
        guard meldpoort_mime_encoded_length(part) <= 65_536 else { return }
        let content = Self.content(of: part, charset: nil)
        if subtype == "delivery-status" || subtype == "global-delivery-status" {
            let lines = String(decoding: content, as: UTF8.self).lowercased().split { $0.isNewline }
            reportsFailure =
                reportsFailure
                || lines.contains { $0.hasPrefix("action:") && $0.dropFirst(7).contains("failed") }
        } else if let headers = content.withUnsafeBytes({ buffer in
            buffer.baseAddress.flatMap { meldpoort_mime_parse($0, buffer.count) }
        }) {
            note(MailHeaders(of: headers))
            meldpoort_mime_free(headers)
        }
    }

    private mutating func attach(_ part: UnsafeMutableRawPointer, mediaType: String) {
        guard attachments.count < limits.maximumAttachments else {
            isIncomplete = true
            return
        }
        let name = FileName.cleaned(meldpoort_mime_file_name(part).map { String(cString: $0) })
        let encoded = Int(meldpoort_mime_encoded_length(part))
        func refuse(_ reason: ReceivedMail.Attachment.Reason, size: Int) {
            attachments.append(
                .init(number: attachments.count + 1, fileName: name, size: size, content: .notKept(reason)))
        }
        guard let kind = AttachmentKind(mediaType: mediaType, fileName: name),
            limits.allowedKinds.contains(kind)
        else {
            return refuse(.soortNietToegestaan, size: encoded)
        }
        // Base64 takes four characters for three bytes: what is longer than this cannot fit.
        guard encoded / 3 * 2 <= limits.maximumAttachmentBytes else {
            return refuse(.teGroot, size: encoded)
        }
        let bytes = Self.content(of: part, charset: nil)
        guard bytes.count <= limits.maximumAttachmentBytes else {
            return refuse(.teGroot, size: bytes.count)
        }
        guard kind.fits(bytes) else { return refuse(.inhoudPastNietBijSoort, size: bytes.count) }
        attachments.append(
            .init(
                number: attachments.count + 1, fileName: name, size: bytes.count,
                content: .kept(kind, bytes: bytes)))
    }

    // MARK: - Reading

    private static func isText(_ part: UnsafeMutableRawPointer, _ subtype: String) -> Bool {
        text(meldpoort_mime_type(part)) == "text" && text(meldpoort_mime_subtype(part)) == subtype
            && meldpoort_mime_is_attachment(part) == 0
    }

    /// Words beyond this are cut off before they are converted.
    private static let longestWords: Int64 = 8_388_608

    private static func words(of part: UnsafeMutableRawPointer, _ limits: MailLimits) -> String {
        guard meldpoort_mime_encoded_length(part) <= longestWords else {
            return "[Deze tekst is te lang om te tonen.]"
        }
        let charset = text(meldpoort_mime_type_parameter(part, "charset"))
        let isUnicode = charset.isEmpty || ["utf-8", "utf8", "us-ascii"].contains(charset)
        let bytes = content(of: part, charset: isUnicode ? nil : charset)
        return text(meldpoort_mime_subtype(part)) == "html"
            ? HTMLText.words(bytes) : String(decoding: bytes, as: UTF8.self)
    }

    private static func content(of part: UnsafeMutableRawPointer, charset: String?) -> [UInt8] {
        guard let array = meldpoort_mime_content(part, charset) else { return [] }
        defer { g_byte_array_unref(array) }
        guard let data = array.pointee.data else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: Int(array.pointee.len)))
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0).lowercased() } ?? ""
    }

    /// RFC 3464: what kind of report it is stands in the type, and in the part that a machine reads.
    private static func isDeliveryReport(
        _ multipart: UnsafeMutableRawPointer, _ children: [UnsafeMutableRawPointer]
    ) -> Bool {
        text(meldpoort_mime_type_parameter(multipart, "report-type")) == "delivery-status"
            || children.contains { text(meldpoort_mime_subtype($0)).hasSuffix("delivery-status") }
    }
}
