// SPDX-License-Identifier: EUPL-1.2
import Delivery

/// A message to be taken over, sealed on the caller's side.
struct PreparedMail: Sendable {
    let mail: NewMail
    let identity: [UInt8]
    /// Nil when nothing of it is kept.
    let sealed: Sealed?

    struct Sealed: Sendable {
        let wrappedKey: [UInt8]
        let content: [UInt8]
        let attachments: [(number: Int, content: [UInt8])]
    }

    /// - Parameter owner: The key of the case with which it is placed.
    init(_ mail: NewMail, owner: CaseKey?, ring: KeyRing) throws {
        self.mail = mail
        // What could not be fetched is the same only at the same place.
        let identity = mail.identity.map { ring.mailIdentity($0) } ?? ring.mailPlace(mail.position)
        self.identity = identity
        sealed = try mail.content.map { content in
            let key = MailKey(place: identity)
            return Sealed(
                wrappedKey: try key.wrapped(by: owner, ring), content: try key.seal(content, attachment: nil),
                attachments: try mail.attachments.map { ($0.number, try key.seal($0.bytes, attachment: $0.number)) })
        }
    }
}
