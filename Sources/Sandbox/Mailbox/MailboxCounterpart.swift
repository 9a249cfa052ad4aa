// SPDX-License-Identifier: EUPL-1.2
import NIOCore
import NIOSSL
import Synchronization

/// A stand-in for a board's mailbox on 127.0.0.1: as much of IMAP4rev1 (RFC 3501) with UIDPLUS and MOVE (RFC 4315, 6851) as reading
/// and tidying needs, over TLS from the first byte. For the demo; the tests of the intake run against a real server.
public final class MailboxCounterpart: Sendable {
    private let identity: ServerIdentity
    private let listener = Listener(port: nil)
    private let desk: MailboxDesk

    /// A mailbox that does not listen yet.
    public init(identity: ServerIdentity, user: String, password: String, folders: [String] = ["INBOX"]) {
        self.identity = identity
        desk = MailboxDesk(user: user, password: password, folders: folders)
    }

    /// Starts to listen.
    /// - Throws: `SandboxError.unusableIdentity` or `.cannotListen`.
    public func start() async throws {
        guard let tls = try ServerSecurity.server(identity).makeContext() else { return }
        try await listener.start { [desk] channel, _ in
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(NIOSSLServerHandler(context: tls))
            try pipeline.addHandler(MailboxConnection(desk: desk))
        }
    }

    /// Stops to listen and cuts every connection.
    public func stop() async { await listener.stop() }

    /// Its port; 0 before it listens.
    public var port: Int { listener.port }

    /// A mail arrives in the inbox.
    public func deliver(_ mail: [UInt8]) { desk.deliver(mail) }

    /// How many messages lie in a folder.
    public func count(in folder: String) -> Int { desk.state.withLock { $0.folders[folder]?.count ?? 0 } }
}

/// What all connections share.
final class MailboxDesk: Sendable {
    struct Message: Sendable {
        let uid: Int
        let bytes: [UInt8]
        var flags: Set<String> = []
    }

    struct State: Sendable {
        var folders: [String: [Message]]
        var nextUID = 1
    }

    static let uidValidity = 1_700_000_001

    let user: String
    let password: String
    let state: Mutex<State>

    init(user: String, password: String, folders: [String]) {
        self.user = user
        self.password = password
        state = Mutex(State(folders: Dictionary(uniqueKeysWithValues: folders.map { ($0, []) })))
    }

    func deliver(_ mail: [UInt8]) {
        state.withLock { state in
            state.folders["INBOX", default: []].append(Message(uid: state.nextUID, bytes: mail))
            state.nextUID += 1
        }
    }

    /// Nil when the folder is not there.
    func move(_ uid: Int, from folder: String, to target: String) -> Int? {
        state.withLock { state in
            guard state.folders[target] != nil, let index = state.folders[folder]?.firstIndex(where: { $0.uid == uid }),
                let message = state.folders[folder]?.remove(at: index)
            else { return nil }
            let moved = Message(uid: state.nextUID, bytes: message.bytes, flags: message.flags)
            state.nextUID += 1
            state.folders[target]?.append(moved)
            return moved.uid
        }
    }

    func flag(_ uid: Int, in folder: String, _ flag: String) -> Set<String>? {
        state.withLock { state in
            guard let index = state.folders[folder]?.firstIndex(where: { $0.uid == uid }) else { return nil }
            state.folders[folder]?[index].flags.insert(flag)
            return state.folders[folder]?[index].flags
        }
    }
}

/// Carries one conversation over the network, a line at a time.
final class MailboxConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var session: MailboxSession
    private var pending = ByteBuffer()

    init(desk: MailboxDesk) {
        session = MailboxSession(desk: desk)
    }

    func channelActive(context: ChannelHandlerContext) {
        write(Array("* OK Voorbeeldpostbus\r\n".utf8), context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var read = unwrapInboundIn(data)
        pending.writeBuffer(&read)
        while let end = pending.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            let length = end - pending.readerIndex + 1
            let line = pending.readString(length: length) ?? ""
            let answer = session.answer(line.split(whereSeparator: \.isNewline).first.map(String.init) ?? "")
            write(answer, context)
            if session.isOver { return context.close(promise: nil) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }
}
