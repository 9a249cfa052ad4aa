// SPDX-License-Identifier: EUPL-1.2

/// What can go wrong while a stand-in counterpart is set up or waited for.
public enum SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// `openssl` could not be run or refused; `reason` is what it wrote to its error output.
    case certificates(command: String, reason: String)
    /// No listener could be opened on 127.0.0.1 at this port (0: chosen by the kernel).
    case cannotListen(port: Int, reason: String)
    /// The certificate, key or CA file of a counterpart cannot be used.
    case unusableIdentity(reason: String)
    /// The `meldpoort` program is missing, did not start, or a command of it failed.
    case program(String)
    /// What was waited for did not come within the time; `saw` is how many there were by then.
    case timedOut(waitingFor: String, wanted: Int, saw: Int)

    /// What happened and what to do about it, in English; holds nothing personal.
    public var description: String {
        switch self {
        case .certificates(let command, let reason):
            "'openssl \(command)' failed: \(reason). Is the Debian package 'openssl' installed and the folder writable?"
        case .cannotListen(let port, let reason):
            "cannot listen on 127.0.0.1:\(port): \(reason). Leave the port out to let the kernel choose one."
        case .unusableIdentity(let reason):
            "the counterpart's certificates cannot be used: \(reason). Make them again with CertificateWorkshop."
        case .program(let what): what
        case .timedOut(let what, let wanted, let saw):
            "waited for \(wanted) \(what), saw \(saw)"
        }
    }
}
