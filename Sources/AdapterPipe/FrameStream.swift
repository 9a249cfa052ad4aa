// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// One end of a stream of frames: four bytes with the length of what follows, high byte first, and a JSON text.
///
/// Reading and writing block: each end reads on one thread of its own.
struct FrameStream: Sendable {
    let descriptor: Int32

    /// Longer than anything that is sent: a longer one is no frame.
    static let maximumBytes = 64 << 20

    enum Failure: Error, Hashable {
        /// The other end is gone.
        case ended
        /// What came is no frame, or no message of this protocol.
        case notUnderstood
        /// What was to be sent is too long; nothing of it was sent.
        case tooLong
    }

    func read<Message: Decodable>(_ type: Message.Type) throws(Failure) -> Message {
        let head = try bytes(4)
        let length = head.reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.maximumBytes else { throw .notUnderstood }
        let body = try bytes(length)
        guard let message = try? JSONDecoder().decode(type, from: Data(body)) else { throw .notUnderstood }
        return message
    }

    static func frame<Message: Encodable>(_ message: Message) throws(Failure) -> [UInt8] {
        guard let body = try? JSONEncoder().encode(message), body.count <= maximumBytes else { throw .tooLong }
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: body.count >> $0) } + body
    }

    /// Writes a whole frame. To an end that is gone it is an error, and never a signal.
    func write(_ frame: [UInt8]) throws(Failure) {
        var rest = frame[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .ended }
            rest = rest.dropFirst(count)
        }
    }

    private func bytes(_ count: Int) throws(Failure) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let taken = result.withUnsafeMutableBytes { buffer in
                recv(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, 0)
            }
            if taken < 0, errno == EINTR { continue }
            guard taken > 0 else { throw .ended }
            filled += taken
        }
        return result
    }
}
