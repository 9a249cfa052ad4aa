// SPDX-License-Identifier: EUPL-1.2
import NIOCore
import NIOSSL
import Synchronization

/// Carries one SMTP conversation over the network: writes what the session says, and puts TLS under it.
final class RelayConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let desk: RelayDesk
    private let tls: NIOSSLContext
    private let number: Int
    private var session: RelaySession

    init(desk: RelayDesk, tls: NIOSSLContext, number: Int) {
        self.desk = desk
        self.tls = tls
        self.number = number
        session = RelaySession(desk: desk, connection: number)
    }

    func channelActive(context: ChannelHandlerContext) {
        carryOut(session.greet(), context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        carryOut(session.receive(unwrapInboundIn(data)), context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A client that refuses our certificate ends here; the transcript shows how far it came.
        context.close(promise: nil)
    }

    private func carryOut(_ steps: [RelaySession.Step], _ context: ChannelHandlerContext) {
        // Noted first: who has the reply finds it in the record.
        let transcript = session.transcript
        desk.transcripts.withLock { $0[number] = transcript }
        for step in steps {
            switch step {
            case .reply(let line):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: line + "\r\n")), promise: nil)
            case .received(let mail):
                (mail.isAccepted ? desk.accepted : desk.unaccepted).add(mail)
            case .upgrade:
                upgrade(context)
            case .close:
                context.close(promise: nil)
            case .drop:
                context.triggerUserOutboundEvent(CutLine(), promise: nil)
            }
        }
    }

    private func upgrade(_ context: ChannelHandlerContext) {
        do {
            let pipeline = context.pipeline.syncOperations
            let cutter = try pipeline.handler(type: LineCutter.self)
            try pipeline.addHandler(NIOSSLServerHandler(context: tls), position: .after(cutter))
        } catch {
            context.triggerUserOutboundEvent(CutLine(), promise: nil)
        }
    }
}
