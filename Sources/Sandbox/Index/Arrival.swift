// SPDX-License-Identifier: EUPL-1.2
import NIOCore

/// One request on its way through a connection; copied into a `RecordedRequest` only when somebody wants to keep it.
struct Arrival {
    let head: RequestHead
    let ordinal: Int
    /// The number since the present behaviour was set.
    let turn: Int
    let connection: Int
    var body = ByteBuffer()
    var raw = ByteBuffer()
    var isComplete = false

    var recorded: RecordedRequest {
        RecordedRequest(
            ordinal: ordinal, connection: connection, method: head.method, target: head.target, headers: head.headers,
            body: Array(body.readableBytesView), raw: Array(raw.readableBytesView), isComplete: isComplete,
            receivedAt: .now)
    }

    var enquiry: IndexEnquiry {
        IndexEnquiry(
            method: head.method, target: head.target, key: head.headers.first(named: "Idempotency-Key"),
            isXML: head.headers.first(named: "Content-Type")?.contains("xml") ?? false,
            fingerprint: body.readableBytesView.hashValue)
    }
}
